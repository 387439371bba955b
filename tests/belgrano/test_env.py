"""What the environment may say, and what stops the start."""

import base64
import concurrent.futures
import secrets
from pathlib import Path

import pytest

from belgrano.env import REFUSED, Environment

STRONG = "q7Rz-Lm2xVb9Tn4cKd8Ws1Yp6Hf3Jg5-Ea0Qu"
PRODUCTION = {"BELGRANO_ENV": "production"}


def refusal(capsys: pytest.CaptureFixture[str], read: object) -> str:
    with pytest.raises(SystemExit) as stop:
        read()  # type: ignore[operator]

    assert stop.value.code == REFUSED
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    return said


def test_an_apps_own_name_comes_before_the_plain_one() -> None:
    env = Environment({"AHORRO_PORT": "6000", "PORT": "7000"})

    assert env.port("AHORRO_PORT", "PORT", default=5000) == 6000
    assert env.port("TICKETS_PORT", "PORT", default=5001) == 7000
    assert env.port("TICKETS_PORT", default=5001) == 5001


def test_a_variable_set_to_nothing_is_missing() -> None:
    assert Environment({"AHORRO_PORT": " ", "PORT": "7000"}).port("AHORRO_PORT", "PORT", default=1) == 7000


@pytest.mark.parametrize(
    ("value", "production"), [("production", True), ("Production", True), ("development", False), ("testing", False)]
)
def test_the_kind_of_environment(value: str, production: bool) -> None:
    assert Environment({"BELGRANO_ENV": value}).production is production
    assert Environment({"FLASK_ENV": value}).production is production


def test_a_kind_nobody_knows_is_not_taken_for_development(capsys: pytest.CaptureFixture[str]) -> None:
    assert "BELGRANO_ENV" in refusal(capsys, lambda: Environment({"BELGRANO_ENV": "prod"}))
    assert "FLASK_ENV" in refusal(capsys, lambda: Environment({"FLASK_ENV": "prod"}))


@pytest.mark.parametrize("value", ["abc", "0", "70000", "-1", "5000.5", "٣"])
def test_a_port_that_is_none_is_refused_by_name(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = refusal(capsys, lambda: Environment({"AHORRO_PORT": value}).port("AHORRO_PORT", "PORT", default=5000))

    assert "AHORRO_PORT" in said


@pytest.mark.parametrize("value", ["ftp://a", "a.example", "http://", "http://a:b", "javascript:alert(1)"])
def test_an_address_that_is_none_is_refused_by_name(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "TICKETERA_URL" in refusal(capsys, lambda: Environment({"TICKETERA_URL": value}).url("TICKETERA_URL"))


@pytest.mark.parametrize(
    "value", ["https://ana:canary@a.example", "https://a.example/tienda", "https://a.example?x", "https://a.example/#x"]
)
def test_an_own_address_is_an_origin_and_nothing_more(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = refusal(capsys, lambda: Environment({"PUBLIC_URL": value}).origin("AHORRO_PUBLIC_URL", "PUBLIC_URL"))

    assert said.startswith("PUBLIC_URL: ")
    assert "canary" not in said
    assert Environment({"U": "https://a.example:8443/"}).origin("U") == "https://a.example:8443"
    assert Environment({}).origin("U") == ""


@pytest.mark.parametrize("value", ["Belgrano", "a@b\nBcc: c@d", "Belgrano <>", "@", "a b"])
def test_a_sender_that_is_no_address_is_refused_by_name(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "M: " in refusal(capsys, lambda: Environment({"M": value}).sender("M", "x@y"))
    assert Environment({"M": "Ana Núñez <ana@a.example>"}).sender("M", "x@y") == "Ana Núñez <ana@a.example>"
    assert Environment({}).sender("M", "x@localhost") == "x@localhost"


@pytest.mark.parametrize("value", ["127.0.0.1:6379", "http://a", "redis:/a", "redis://", "redis://a:b", "unix:"])
def test_an_address_of_another_kind_is_refused_by_name(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    read = Environment({"REDIS_URL": value}).url

    said = refusal(capsys, lambda: read("REDIS_URL", schemes=("redis", "unix")))

    assert said == "REDIS_URL: tiene que ser una dirección redis:// o unix://.\n"


@pytest.mark.parametrize("value", ["redis://:clave@host:6379/1", "unix:///run/redis.sock"])
def test_an_address_of_its_kind_is_taken(value: str) -> None:
    assert Environment({"REDIS_URL": value}).url("REDIS_URL", schemes=("redis", "unix")) == value


def test_an_address_loses_its_last_slash() -> None:
    assert Environment({"U": "https://a.example/x/"}).url("U") == "https://a.example/x"


@pytest.mark.parametrize(
    "value",
    ["", "short", "belgrano_ahorro_secret_key_2025", "belgrano_tickets_secret_2025", "x" * 31],
)
def test_production_refuses_a_weak_secret_and_never_prints_it(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    env = Environment(PRODUCTION | {"AHORRO_SECRET_KEY": value})

    said = refusal(capsys, lambda: env.secret("AHORRO_SECRET_KEY", "SECRET_KEY"))

    assert "AHORRO_SECRET_KEY" in said
    assert not value or value not in said


GUESSABLE = {
    "one letter": "a" * 32,
    "one letter and another": "a" * 31 + "b",
    "two letters": "ab" * 20,
    "a word again and again": "password" * 4,
    "ten digits and ten again, cut": "8391746520" * 3 + "83",
    "the alphabet": "abcdefghijklmnopqrstuvwxyz0123456789",
    "numbers": "0123456789" * 4,
    "backwards": "zyxwvutsrqponmlkjihgfedcba9876543210",
    "zeros": "0" * 64,
}


@pytest.mark.parametrize("value", GUESSABLE.values(), ids=GUESSABLE)
@pytest.mark.parametrize("name", ["AHORRO_SECRET_KEY", "TICKETERA_API_KEY", "METRICS_TOKEN"])
def test_production_refuses_what_is_long_and_no_secret(
    name: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    env = Environment(PRODUCTION | {name: value})
    read = {"AHORRO_SECRET_KEY": env.secret, "TICKETERA_API_KEY": env.keys, "METRICS_TOKEN": env.optional_secret}[name]

    said = refusal(capsys, lambda: read(name))

    assert said.startswith(f"{name}: ")
    assert value not in said


@pytest.mark.parametrize("data", [b"\0" * 32, b"a" * 24, b"0123456789" * 4, bytes(range(32)), b"\0\1" * 20])
def test_production_refuses_a_webhook_secret_that_is_none(data: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    value = "whsec_" + base64.b64encode(data).decode()
    env = Environment(PRODUCTION | {"TICKETERA_WEBHOOK_SECRET": value})

    said = refusal(capsys, lambda: env.webhook_secret("TICKETERA_WEBHOOK_SECRET"))

    assert said.startswith("TICKETERA_WEBHOOK_SECRET: ")
    assert value not in said


@pytest.mark.parametrize("value", ["a", "short", "x" * 31])
def test_production_takes_no_short_token_for_the_metrics_and_none_is_fine(
    value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    env = Environment(PRODUCTION | {"METRICS_TOKEN": value})

    assert "METRICS_TOKEN" in refusal(capsys, lambda: env.optional_secret("METRICS_TOKEN"))
    assert Environment(PRODUCTION).optional_secret("METRICS_TOKEN") == ""
    assert Environment({"METRICS_TOKEN": value}).optional_secret("METRICS_TOKEN") == value


def test_secrets_as_people_make_them_are_taken() -> None:
    for _ in range(300):
        for made in (secrets.token_hex(16), secrets.token_urlsafe(32), secrets.token_hex(32)):
            assert Environment(PRODUCTION | {"K": made}).secret("K") == made
        made = "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()
        assert Environment(PRODUCTION | {"W": made}).webhook_secret("W") == made


@pytest.mark.parametrize(
    ("name", "other", "value"),
    [
        ("AHORRO_SECRET_KEY", "TICKETERA_API_KEY", STRONG),
        ("AHORRO_SECRET_KEY", "TICKETERA_API_KEY", f"{STRONG[::-1]}, {STRONG}"),
        ("AHORRO_SECRET_KEY", "TICKETS_SECRET_KEY", STRONG),
        ("SECRET_KEY", "METRICS_TOKEN", STRONG),
        ("AHORRO_SECRET_KEY", "TICKETERA_WEBHOOK_SECRET", f"whsec_{STRONG}"),
    ],
)
def test_production_takes_no_value_for_two_secrets(
    name: str, other: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    env = Environment(PRODUCTION | {name: STRONG, other: value})

    said = refusal(capsys, lambda: env.secret(name))

    assert name in said
    assert other in said
    assert STRONG not in said


def test_a_key_that_both_apps_read_under_the_plain_name_is_one_secret() -> None:
    env = Environment(PRODUCTION | {"AHORRO_SECRET_KEY": STRONG, "SECRET_KEY": STRONG})

    assert env.secret("AHORRO_SECRET_KEY", "SECRET_KEY") == STRONG


def test_production_names_the_variable_that_was_set(capsys: pytest.CaptureFixture[str]) -> None:
    env = Environment(PRODUCTION | {"SECRET_KEY": "short"})

    assert refusal(capsys, lambda: env.secret("AHORRO_SECRET_KEY", "SECRET_KEY")).startswith("SECRET_KEY")


def test_production_takes_a_strong_secret() -> None:
    assert Environment(PRODUCTION | {"SECRET_KEY": STRONG}).secret("AHORRO_SECRET_KEY", "SECRET_KEY") == STRONG


@pytest.mark.parametrize("value", ["", f"{STRONG},short", "belgrano_tickets_secret_2025"])
def test_production_refuses_any_weak_key_of_several(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    env = Environment(PRODUCTION | {"TICKETERA_API_KEY": value})

    assert "TICKETERA_API_KEY" in refusal(capsys, lambda: env.keys("TICKETERA_API_KEY"))


def test_keys_are_separated_by_commas() -> None:
    assert Environment({"K": " one , two,"}).keys("K") == ("one", "two")
    assert Environment({}).keys("K") == ()


@pytest.mark.parametrize("value", ["not-whsec", "whsec_not base64!", "whsec_c2hvcnQ=", "whsec_AAAA"])
def test_a_webhook_secret_of_another_form_is_refused(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    env = Environment({"TICKETERA_WEBHOOK_SECRET": value})

    said = refusal(capsys, lambda: env.webhook_secret("TICKETERA_WEBHOOK_SECRET"))

    assert "TICKETERA_WEBHOOK_SECRET" in said
    assert value not in said


def test_production_refuses_to_turn_limits_off(capsys: pytest.CaptureFixture[str]) -> None:
    assert Environment({"BELGRANO_LIMITS": "off"}).flag_off("BELGRANO_LIMITS")
    env = Environment(PRODUCTION | {"BELGRANO_LIMITS": "off"})
    assert "BELGRANO_LIMITS" in refusal(capsys, lambda: env.flag_off("BELGRANO_LIMITS"))


def test_a_choice_is_one_of_the_words_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert Environment({}).one_of("BELGRANO_HTTP", "belgrano", "hypercorn") == "belgrano"
    assert Environment({"BELGRANO_HTTP": "Hypercorn"}).one_of("BELGRANO_HTTP", "belgrano", "hypercorn") == "hypercorn"
    env = Environment({"BELGRANO_HTTP": "apache"})
    assert "BELGRANO_HTTP" in refusal(capsys, lambda: env.one_of("BELGRANO_HTTP", "belgrano", "hypercorn"))


def test_development_makes_its_secrets_once_and_both_apps_read_the_same(tmp_path: Path) -> None:
    path = tmp_path / "secrets"

    shop = Environment({}, dev_secrets=path)
    dispatch = Environment({}, dev_secrets=path)

    assert shop.webhook_secret("TICKETERA_WEBHOOK_SECRET") == dispatch.webhook_secret("TICKETERA_WEBHOOK_SECRET")
    assert shop.secret("AHORRO_SECRET_KEY") != dispatch.secret("TICKETS_SECRET_KEY")
    assert path.stat().st_mode & 0o077 == 0
    assert [each.name for each in tmp_path.iterdir()] == ["secrets"]


def test_apps_that_start_at_the_same_moment_agree_on_the_secrets(tmp_path: Path) -> None:
    path = tmp_path / "secrets"

    def read(_: int) -> str:
        return Environment({}, dev_secrets=path).secret("TICKETERA_WEBHOOK_SECRET")

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        made = set(pool.map(read, range(32)))

    assert len(made) == 1


def test_a_secret_that_an_older_file_lacks_joins_it(tmp_path: Path) -> None:
    path = tmp_path / "secrets"
    path.write_text("AHORRO_SECRET_KEY=kept\n")

    env = Environment({}, dev_secrets=path)

    assert env.secret("TICKETS_SECRET_KEY")
    assert env.secret("AHORRO_SECRET_KEY") == "kept"


def test_production_makes_no_secrets_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    env = Environment(PRODUCTION, dev_secrets=tmp_path / "secrets")

    refusal(capsys, lambda: env.secret("AHORRO_SECRET_KEY"))

    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("value", ["mysql://a", "sqlite:///x.db", "postgresql://[h/d", "postgresql://h:puerto/d"])
def test_a_database_that_is_no_postgresql_is_refused(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "DATABASE_URL" in refusal(capsys, lambda: Environment({"DATABASE_URL": value}).database_url("DATABASE_URL"))


def test_hosts_that_say_postgres_are_understood() -> None:
    assert Environment({"D": "postgres://u@h/d"}).database_url("D") == "postgresql://u@h/d"
