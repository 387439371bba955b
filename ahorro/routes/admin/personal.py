"""Who works in the shop: listed, invited, given another role, shut out."""

from typing import Annotated, Literal

from pydantic import AfterValidator
from quart import Blueprint, Response
from quart_schema import document_request
from typing_extensions import TypedDict

from ahorro.actions.personal import cambiar_persona, invitar_persona, renovar_invitacion, retirar_invitacion
from ahorro.actions.segundo_paso import restablecer_segundo_paso
from ahorro.domain.cuenta import ADMIN, PERSONAL
from ahorro.domain.errors import CampoInvalido, NoExiste
from ahorro.domain.personal import Persona as LaPersona
from ahorro.routes.admin.productos import quien
from ahorro.routes.fields import MOST_ID, Correo, ExactBody, Id, Nombre
from ahorro.routes.house import answer, base, body, house
from ahorro.routes.recuperacion import sitio
from ahorro.store.personal import select_persona, select_personal
from ahorro.wire.personal import persona_json
from belgrano.accounts.invitations import Invitation
from belgrano.http.access import allow
from belgrano.http.answers import Instant, Refusal, answers, answers_nothing, refuses
from belgrano.words.times import iso, now

routes = Blueprint("admin_personal", __name__)


def _rol(text: str) -> str:
    if text not in PERSONAL:
        raise ValueError(f"tiene que ser uno de: {', '.join(PERSONAL)}.")
    return text


RolDePersonal = Annotated[str, AfterValidator(_rol)]


class Persona(TypedDict):
    """Who works here. `visto_en` is null for who has not been seen for a month, `invitacion_hasta` without a link."""

    id: int
    nombre: str
    email: str
    rol: Literal["admin", "encargado", "armador"]
    activo: bool
    estado: Literal["activo", "invitado", "inactivo"]
    visto_en: Instant | None
    invitacion_hasta: Instant | None
    segundo_paso: bool
    version: int


class PersonaVieja(Refusal):
    """Somebody else changed them meanwhile: the person as they are now."""

    persona: Persona


class Personal(TypedDict):
    """Everybody who works here; there is no second page."""

    personal: list[Persona]
    siguiente: None


class EnlaceDicho(TypedDict):
    """A link, told this once; `mandado` says whether it went by mail, too."""

    persona: Persona
    enlace: str
    vence_en: Instant
    mandado: bool


class Nueva(ExactBody):
    """Whom to invite."""

    nombre: Nombre
    email: Correo
    rol: RolDePersonal


class Cambios(ExactBody):
    """A change to the version that was seen."""

    version: Id
    rol: RolDePersonal | None = None
    activo: bool | None = None


@routes.get("/api/admin/personal")
@allow(*ADMIN)
@answers(Personal)
async def get_personal() -> Response:
    """Everybody, who may come in first."""
    people = await base().read(select_personal, now())
    return answer({"personal": [persona_json(each) for each in people], "siguiente": None})


@routes.post("/api/admin/personal")
@allow(*ADMIN)
@document_request(Nueva)
@answers(EnlaceDicho, 201)
async def post_persona() -> Response:
    """Invite somebody: the link is told this once."""
    return await _dicho(await invitar(await body(Nueva)))


@routes.patch("/api/admin/personal/<int:persona_id>")
@allow(*ADMIN)
@document_request(Cambios)
@answers(Persona)
@refuses(PersonaVieja, 409)
async def patch_persona(persona_id: int) -> Response:
    """Change the role or shut out; `activo` false ends all their sessions at once. The last admin stays one."""
    cambios = await body(Cambios)
    datos = cambios.model_dump(exclude_unset=True, exclude={"version"})
    for campo, valor in datos.items():
        if valor is None:
            raise CampoInvalido(campo, "no puede quedar en blanco.")
    changed = await base().do(cambiar_persona, quien(), person_id(persona_id), cambios.version, datos)
    return answer(persona_json(changed))


@routes.post("/api/admin/personal/<int:persona_id>/invitacion")
@allow(*ADMIN)
@answers(EnlaceDicho, 201)
async def post_invitacion(persona_id: int) -> Response:
    """Another link; the one before is worth nothing."""
    return await _dicho(await renovar(persona_id))


@routes.delete("/api/admin/personal/<int:persona_id>/invitacion")
@allow(*ADMIN)
@answers_nothing
async def delete_invitacion(persona_id: int) -> Response:
    """Withdraw a link; who never came in is shut out."""
    await base().do(retirar_invitacion, quien(), person_id(persona_id))
    return Response("", 204)


@routes.delete("/api/admin/personal/<int:persona_id>/segundo-paso")
@allow(*ADMIN)
@answers_nothing
async def delete_segundo_paso(persona_id: int) -> Response:
    """Switch somebody else's second step off, who lost the phone."""
    await base().do(restablecer_segundo_paso, quien(), person_id(persona_id))
    return Response("", 204)


def person_id(number: int) -> int:
    """The number, where somebody can have it. Raises NoExiste."""
    if number > MOST_ID:
        raise NoExiste("No existe esa persona.")
    return number


async def invitar(nueva: Nueva) -> Invitation:
    """Invite somebody, by mail where mail can leave. Raises CorreoEnUso."""
    made: Invitation = await base().do(
        invitar_persona,
        quien(),
        nombre=nueva.nombre,
        email=nueva.email,
        rol=nueva.rol,
        secreto=house().settings.secret_key,
        sitio=por_correo(),
    )
    return made


async def renovar(persona_id: int) -> Invitation:
    """Make another link, by mail where mail can leave. Raises NoExiste, PersonaInactiva, EsElPropio."""
    made: Invitation = await base().do(
        renovar_invitacion, quien(), person_id(persona_id), secreto=house().settings.secret_key, sitio=por_correo()
    )
    return made


def por_correo() -> str:
    """The shop's address for a link by mail; nothing where no mail leaves."""
    return sitio() if house().correo.puede_mandar else ""


def enlace_de(made: Invitation) -> str:
    """The absolute address of a link. Its token is in the query, which no log keeps."""
    return f"{sitio()}/invitacion?token={made.token}"


async def _dicho(made: Invitation) -> Response:
    persona: LaPersona | None = await base().read(select_persona, made.user.id, now())
    said = persona_json(persona or made.user)
    return answer(
        {"persona": said, "enlace": enlace_de(made), "vence_en": iso(made.until), "mandado": bool(por_correo())}, 201
    )
