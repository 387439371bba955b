"""A copy that takes the database's place brings back nobody who had themselves erased, and no code that was used."""

from pathlib import Path

import pytest

from ahorro.actions.borrado import borrar_cuenta
from ahorro.actions.cuentas import registrar_usuario
from ahorro.actions.segundo_paso import pasar_segundo_paso
from ahorro.cli import EPOCA_NUEVA, LO_QUE_NO_VUELVE
from ahorro.settings import Settings
from ahorro.store.cuentas import select_usuario, select_usuario_por_email
from belgrano.accounts.second_factor import begin_factor, code_at, confirm_factor, key_of, select_codes_left
from belgrano.database.backup import backup
from belgrano.database.base import Base
from belgrano.database.restore import Restored, restore
from belgrano.database.work import Work
from belgrano.operator.database import opened
from tests.ahorro.conftest import some_settings

KEY = key_of("un secreto de la app")


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return some_settings(database_url, tmp_path)


async def one(base: Base, nombre: str, rol: str = "cliente") -> int:
    email = f"{nombre}@correo.test"
    return await base.do(registrar_usuario, nombre=nombre, email=email, password_hash="x", rol=rol)


async def with_codes(base: Base) -> tuple[int, list[str]]:
    """An admin who comes in with a second step, and their recovery codes."""
    silvia = await one(base, "silvia", "admin")

    async def switch_on(work: Work) -> list[str] | None:
        secret = await begin_factor(work, silvia, KEY)
        assert secret is not None
        return await confirm_factor(work, silvia, code_at(secret, work.ahora // 30_000), KEY)

    codes = await base.do(switch_on)
    assert codes is not None
    return silvia, codes


async def copied(settings: Settings, folder: Path) -> Path:
    return Path(str(await backup(settings.database, settings.app, folder, settings.migrations)))


async def put_back(settings: Settings, copy: Path) -> Restored:
    return await restore(settings.database, settings.app, copy, settings.migrations, EPOCA_NUEVA, LO_QUE_NO_VUELVE)


async def test_who_was_erased_and_what_was_used_since_the_copy_stays_so(settings: Settings, tmp_path: Path) -> None:
    async with opened(settings) as base:
        ana, clara = await one(base, "ana"), await one(base, "clara")
        silvia, codes = await with_codes(base)
        copy = await copied(settings, tmp_path / "copias")
        await base.do(borrar_cuenta, ana)
        assert await base.do(pasar_segundo_paso, silvia, codes[0], KEY)
        await one(base, "ana")  # the address was free again; whoever took it is younger than the copy

    done = await put_back(settings, copy)

    assert done.remembered
    async with opened(settings) as base:
        gone, stays = await base.read(select_usuario, ana), await base.read(select_usuario, clara)
        assert gone is not None and (gone.nombre, gone.activo) == ("Cuenta borrada", False)
        assert stays is not None and stays.nombre == "clara"
        assert await base.read(select_usuario_por_email, "ana@correo.test") is None
        assert await base.read(select_codes_left, silvia) == 9
        assert not await base.do(pasar_segundo_paso, silvia, codes[0], KEY)
        assert await base.do(pasar_segundo_paso, silvia, codes[1], KEY)


async def test_where_nothing_is_left_to_ask_no_recovery_code_counts_and_it_is_said(
    sqlite_url: str, tmp_path: Path
) -> None:
    settings = some_settings(sqlite_url, tmp_path)
    async with opened(settings) as base:
        silvia, codes = await with_codes(base)
        copy = await copied(settings, tmp_path / "copias")
    elsewhere = some_settings(f"sqlite:///{tmp_path}/otra/ahorro.db", tmp_path)

    done = await put_back(elsewhere, copy)

    assert not done.remembered
    async with opened(elsewhere) as base:
        assert await base.read(select_codes_left, silvia) == 0
        assert not await base.do(pasar_segundo_paso, silvia, codes[0], KEY)
