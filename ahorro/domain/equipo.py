"""What a browser says of itself, as people call it."""

# In the order in which they are looked for: most claim to be the later ones, too.
NAVEGADORES = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SISTEMAS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "Chromebook"),
    ("Macintosh", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


def equipo_de(user_agent: str) -> str:
    """`Chrome en Android`, `Safari en iPhone`; `Otro programa` for what is no browser that we know."""
    navegador = next((name for sign, name in NAVEGADORES if sign in user_agent), "")
    sistema = next((name for sign, name in SISTEMAS if sign in user_agent), "")
    if navegador and sistema:
        return f"{navegador} en {sistema}"
    return navegador or sistema or "Otro programa"
