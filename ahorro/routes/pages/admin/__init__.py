"""The back office: what the shop's people do, page by page, each under /admin."""

from ahorro.routes.pages.admin import clientes, grupos, inicio, marco, pendientes, personal, productos

SUBJECTS = (marco, inicio, pendientes, productos, grupos, clientes, personal)
