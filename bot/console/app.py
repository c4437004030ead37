"""The web application: every route of the house in one place, over the services given."""

from __future__ import annotations

from collections.abc import Iterable

from aiohttp import web

from bot.console.artefacts import ARTEFACT_ROUTES
from bot.console.casework import CASEWORK_ROUTES
from bot.console.conversations import CONVERSATION_ROUTES
from bot.console.disputes import DISPUTE_ROUTES
from bot.console.examples import EXAMPLE_ROUTES
from bot.console.feed import FEED, FEED_ROUTE, DeskFeed, close_pages, run_feed
from bot.console.pages import PAGE_ROUTES
from bot.console.retraining import RETRAINING, Retraining, end_training
from bot.console.sign_in import SIGN_IN_ROUTES
from bot.http.furnish import furnish
from bot.http.health import HEALTH_ROUTES, LAST_LOOK, LastLook
from bot.http.openapi import DOCUMENT, DOCUMENT_ROUTE, Document
from bot.http.origin import refuse_cross_site
from bot.http.problems import answer_problems
from bot.http.routes import Route, register
from bot.http.services import Services

STAFF_ROUTES = (
    *SIGN_IN_ROUTES,
    *CONVERSATION_ROUTES,
    *DISPUTE_ROUTES,
    *CASEWORK_ROUTES,
    *EXAMPLE_ROUTES,
    *ARTEFACT_ROUTES,
    FEED_ROUTE,
)


def build_app(services: Services, more: Iterable[Route] = ()) -> web.Application:
    """Build the application; `more` are the channels' routes, which this room may not know."""
    app = web.Application(middlewares=[answer_problems, refuse_cross_site])
    furnish(app, services)
    app[LAST_LOOK] = LastLook()
    app[DOCUMENT] = Document()
    app[FEED] = DeskFeed(services)
    app.cleanup_ctx.append(run_feed)
    app[RETRAINING] = Retraining(services)
    app.on_cleanup.append(end_training)
    app.on_shutdown.append(close_pages)
    register(app, (*more, *HEALTH_ROUTES, *STAFF_ROUTES, DOCUMENT_ROUTE, *PAGE_ROUTES))
    return app
