"""Liability, promises, recoveries and dossiers, as staff reach them."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from bot.conversation import store
from bot.conversation.shapes.events import OrderChecked
from bot.delivery import inbox, ledger, outbox
from bot.desk import promises, recovery
from bot.desk.permissions import Role
from bot.desk.promises import Promise
from bot.http.services import Services
from bot.messages import InboundMessage, Upload
from models import audit, conversation, dispute, remedy
from tests.factories import NOW, HandClock, add_conversation, add_dispute, add_remedy
from tests.integration.http.conftest import Colleague, Hire, problem
from tests.unit.orders.samples import delivered

FOUND = {"liable": "shop", "cost_bearer": "warehouse", "cause": "storage", "reason": "包装太薄"}
SEEN = {"choice": "x", "kind": "refund", "amount_fen": 1, "return_freight": "none"}
RECORD = delivered(order_no="DD20261120001").snapshot()


def add_case(connection: Connection, **values: Any) -> int:
    """Add a resolved dispute of 30 yuan that the carrier is to bear, with its order looked up."""
    about = {
        "state": "resolved", "liable": "shop", "cost_bearer": "carrier", "cause": "poor_carrier",
        "liability_reason": "路上压坏，由快递承担", "order_no": RECORD["order_no"], **values,
    }  # fmt: skip
    dispute_id = add_dispute(connection, **about)
    add_remedy(connection, dispute_id=dispute_id, state="done")
    here = connection.execute(
        select(dispute.c.conversation_id).where(dispute.c.id == dispute_id)
    ).scalar_one()
    event = OrderChecked(order_no=RECORD["order_no"], record=RECORD)
    store.append(connection, here, [event], NOW)
    return dispute_id


@pytest.fixture
async def case(services: Services) -> int:
    """The dispute's id."""
    return await services.database.write(add_case)


class TestLiability:
    """An agent may find otherwise, on the record."""

    async def test_what_the_agent_found_stands(
        self, agent: Colleague, services: Services, case: int
    ) -> None:
        response = await agent.post(f"disputes/{case}/liability", json=FOUND)
        assert response.status == 200, await response.text()
        shown = await response.json()
        assert {name: shown[name] for name in ("liable", "cost_bearer", "cause")} == {
            "liable": "shop", "cost_bearer": "warehouse", "cause": "storage",
        }  # fmt: skip
        assert shown["liability"] == {"reason": "包装太薄", "by": "小王"}
        (row,) = await services.database.read(
            lambda c: c.execute(select(audit).where(audit.c.deed == "dispute.overruled")).all()
        )
        assert (row.staff_id, row.subject) == (agent.staff.id, f"dispute:{case}")
        assert row.data["from"]["cost_bearer"] == "carrier"
        assert row.data["to"]["cost_bearer"] == "warehouse"

    @pytest.mark.parametrize(
        ("body", "status"),
        [
            ({**FOUND, "liable": "nobody"}, 422),
            ({**FOUND, "reason": ""}, 422),
            ({**FOUND, "reason": " \u3000"}, 422),
            ({**FOUND, "cause": "bad_luck"}, 409),
            ({}, 422),
        ],
    )
    async def test_what_nobody_knows_is_refused_and_leaves_no_trace(
        self, agent: Colleague, services: Services, case: int, body: Any, status: int
    ) -> None:
        await problem(await agent.post(f"disputes/{case}/liability", json=body), status)
        count = await services.database.read(lambda c: c.execute(select(audit)).all())
        assert count == []

    async def test_an_unknown_dispute_has_none(self, agent: Colleague) -> None:
        await problem(await agent.post("disputes/7/liability", json=FOUND), 404)


class TestRecoveries:
    """What the carrier or the supplier is to bear is listed until when it can be claimed."""

    async def listed(self, agent: Colleague) -> list[dict[str, Any]]:
        response = await agent.get("recoveries")
        assert response.status == 200, await response.text()
        return list((await response.json())["recoveries"])

    async def test_a_claim_names_the_carrier_the_sum_and_the_deadline(
        self, agent: Colleague, case: int
    ) -> None:
        (claim,) = await self.listed(agent)
        assert (claim["dispute_id"], claim["against"], claim["amount_fen"]) == (
            case, "carrier", 3000,
        )  # fmt: skip
        assert claim["name"] == "顺丰速运 SF1"
        assert claim["deadline"] == (NOW + timedelta(days=7)).isoformat()

    async def test_of_more_than_the_list_holds_the_latest_stand_in_it(
        self, agent: Colleague, services: Services, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(recovery, "LIST_AT_MOST", 1)
        await services.database.write(add_case)
        later = partial(add_case, opened_at=NOW + timedelta(days=1))
        newer = await services.database.write(later)
        assert [claim["dispute_id"] for claim in await self.listed(agent)] == [newer]

    @pytest.mark.parametrize(
        ("passed", "overdue"),
        [(timedelta(days=7, microseconds=-1), False), (timedelta(days=7), True)],
    )
    async def test_it_is_overdue_from_its_deadline_on(
        self, agent: Colleague, case: int, clock: HandClock, passed: timedelta, overdue: bool
    ) -> None:
        clock.now = NOW + passed
        (claim,) = await self.listed(agent)
        assert (claim["dispute_id"], claim["overdue"]) == (case, overdue)

    async def test_the_soonest_comes_first(self, agent: Colleague, services: Services) -> None:
        late, early = [
            await services.database.write(partial(add_case, opened_at=NOW - timedelta(days=days)))
            for days in (1, 2)
        ]
        assert [one["dispute_id"] for one in await self.listed(agent)] == [early, late]

    @pytest.mark.parametrize(
        ("bearer", "changes"),
        [("shop", {"state": "done"}), ("carrier", {"state": "failed"}),
         ("carrier", {"kind": "trace"}), ("carrier", {"money": "multiple"})],
    )  # fmt: skip
    async def test_what_cost_nobody_else_anything_is_none(
        self,
        agent: Colleague,
        services: Services,
        case: int,
        bearer: str,
        changes: dict[str, str],
    ) -> None:
        def change(connection: Connection) -> None:
            connection.execute(update(dispute).values(cost_bearer=bearer))
            connection.execute(update(remedy).values(**changes))

        assert [one["dispute_id"] for one in await self.listed(agent)] == [case]
        await services.database.write(change)
        assert await self.listed(agent) == []

    async def test_an_overruled_bearer_is_none_any_more(self, agent: Colleague, case: int) -> None:
        await agent.post(f"disputes/{case}/liability", json=FOUND)
        assert await self.listed(agent) == []


class TestPromises:
    """What customers were promised is listed, and warned of near the deadline."""

    async def test_only_what_nears_its_deadline_is_warned_of(
        self, agent: Colleague, services: Services, clock: HandClock
    ) -> None:
        here = await services.database.write(add_conversation)
        made = Promise(
            key="p1", what="person", said="专人4小时内答复", due_at=NOW + timedelta(hours=4)
        )
        await services.database.write(lambda c: promises.make(c, here, made, NOW))
        found = []
        for hours in (2, 3, 4):
            clock.now = NOW + timedelta(hours=hours)
            every = (await (await agent.get("promises")).json())["promises"]
            warned = (await (await agent.get("promises?state=warned")).json())["promises"]
            found.append((every[0]["standing"], len(warned)))
        assert found == [("open", 0), ("nearing", 1), ("missed", 1)]

    async def test_another_state_is_refused(self, agent: Colleague) -> None:
        await problem(await agent.get("promises?state=yesterday"), 422)


class TestApproval:
    """An approval is for what the approver saw, and within what the role may release."""

    async def waiting(self, services: Services, amount_fen: int, **values: Any) -> int:
        def lay(connection: Connection) -> int:
            dispute_id = add_dispute(connection, state="awaiting_approval")
            number = add_remedy(connection, dispute_id=dispute_id, amount_fen=amount_fen, **values)
            ledger.accept(connection, number, paid_fen=5_000_000, now=NOW)
            ledger.await_approval(connection, number, now=NOW)
            return number

        return await services.database.write(lay)

    @pytest.mark.parametrize(
        ("role", "money", "limit_fen", "above"),
        [
            (Role.AGENT, "discretionary", 50_000, "主管"),
            (Role.AGENT, "statutory", 50_000, "主管"),
            (Role.SUPERVISOR, "discretionary", 500_000, "管理员"),
            (Role.SUPERVISOR, "statutory", 2_000_000, "管理员"),
        ],
    )
    async def test_a_role_releases_up_to_its_limit_and_not_a_fen_more(
        self, hire: Hire, services: Services, role: Role, money: str, limit_fen: int, above: str
    ) -> None:
        colleague = await hire("某", role)
        within = await self.waiting(services, limit_fen, money=money)
        assert (await colleague.post(f"remedies/{within}/approve")).status == 200
        beyond = await self.waiting(services, limit_fen + 1, money=money)
        refused = await problem(await colleague.post(f"remedies/{beyond}/approve"), 403)
        assert "超过您的审批上限" in refused["detail"]
        assert f"请交{above}审批" in refused["detail"]
        assert (await services.database.read(lambda c: ledger.get(c, beyond))).state == (
            "awaiting_approval"
        )

    async def test_an_admin_releases_any_sum(self, hire: Hire, services: Services) -> None:
        number = await self.waiting(services, 4_000_000, money="discretionary")
        admin = await hire("陈管理", Role.ADMIN)
        assert (await admin.post(f"remedies/{number}/approve")).status == 200

    @pytest.mark.parametrize(
        "seen", [{"amount_fen": 2999}, {"kind": "refund"}, {"payee": "****2222"}]
    )
    async def test_what_is_not_as_it_was_seen_is_not_released(
        self, agent: Colleague, services: Services, seen: dict[str, Any]
    ) -> None:
        number = await self.waiting(services, 3000, payee="****1111")
        refused = await problem(await agent.post(f"remedies/{number}/approve", json=seen), 409)
        assert "不一致" in refused["detail"]
        whole = {"kind": "partial_refund", "amount_fen": 3000, "payee": "****1111"}
        assert (await agent.post(f"remedies/{number}/approve", json=whole)).status == 200


class TestMultiples:
    """Damages beyond the price are a supervisor's, with a reason."""

    async def test_they_need_a_supervisor_a_reason_and_a_known_order(
        self, hire: Hire, agent: Colleague, case: int
    ) -> None:
        path, body = f"disputes/{case}/multiples", {"amount_fen": 100, "reason": "退一赔三"}
        supervisor = await hire("李主管", Role.SUPERVISOR)
        await problem(await agent.post(path, json=body), 403)
        for none in ("", " "):
            await problem(await supervisor.post(path, json={**body, "reason": none}), 422)
        await problem(await supervisor.post(path, json={**body, "amount_fen": 0}), 422)
        refused = await problem(await supervisor.post(path, json=body), 409)
        assert "还没有核对过订单" in refused["detail"]
        await problem(await supervisor.post("disputes/999/multiples", json=body), 404)


class TestReleasing:
    """Options are told to who holds the chat; whoever else asks is told why there are none."""

    async def test_who_does_not_hold_the_chat_is_told_nothing_and_releases_nothing(
        self, agent: Colleague, services: Services, case: int
    ) -> None:
        found = await agent.get(f"disputes/{case}/options")
        assert found.status == 200, await found.text()
        told = await found.json()
        assert (told["options"], told["reasons"]) == ([], [])
        assert "请先接管会话" in told["why"]
        refused = await problem(await agent.post(f"disputes/{case}/grant", json=SEEN), 409)
        assert "请先接管会话" in refused["detail"]
        assert len(await services.database.read(lambda c: c.execute(select(remedy)).all())) == 1

    async def test_a_dispute_that_the_log_does_not_know_releases_nothing(
        self, agent: Colleague, services: Services, case: int
    ) -> None:
        query = select(dispute.c.conversation_id).where(dispute.c.id == case)
        here = await services.database.read(lambda c: c.execute(query).scalar_one())
        assert (await agent.post(f"conversations/{here}/take")).status == 200
        told = await (await agent.get(f"disputes/{case}/options")).json()
        assert "认不出这件事" in told["why"]
        refused = await problem(await agent.post(f"disputes/{case}/grant", json=SEEN), 409)
        assert refused["detail"] == told["why"]

    @pytest.mark.parametrize(
        "wrong", [{"amount_fen": -1}, {"return_freight": "who"}, {"choice": ""}, {"kind": None}]
    )
    async def test_what_cannot_be_is_refused_by_field(
        self, agent: Colleague, case: int, wrong: dict[str, Any]
    ) -> None:
        body = {**SEEN, **wrong}
        await problem(await agent.post(f"disputes/{case}/grant", json=body), 422)

    async def test_an_unknown_dispute_has_none(self, agent: Colleague) -> None:
        await problem(await agent.get("disputes/999/options"), 404)
        await problem(await agent.post("disputes/999/grant", json=SEEN), 404)


class TestDossier:
    """All that is on record, in one file, and personal data only for who may see it."""

    @pytest.fixture
    async def told(self, services: Services, case: int) -> int:
        """Let the customer say who they are, send a photo, and edit what they said."""

        def talk(connection: Connection) -> None:
            here = connection.execute(select(conversation)).one()
            say = partial(
                InboundMessage, channel=here.channel, account=here.account,
                chat_id=here.external_id, at=NOW,
            )  # fmt: skip
            words = say(external_id="1", kind="text", text="我是李雷13800001111<b>碎了</b>")
            inbox.accept(connection, words, NOW)
            edited = say(external_id="1", kind="text", text="住文三路1号，杯子碎了")
            inbox.accept_edit(connection, edited, NOW)
            upload = Upload(content=b"picture", mime="image/png")
            inbox.accept(connection, say(external_id="2", kind="photo", upload=upload), NOW)
            outbox.put_reply(
                connection, conversation_id=here.id, epoch=0, sender="bot", text="收到",
                now=NOW, pushed=False,
            )  # fmt: skip

        await services.database.write(talk)
        return case

    async def read(self, colleague: Colleague, number: int) -> str:
        response = await colleague.get(f"disputes/{number}/dossier")
        assert response.status == 200, await response.text()
        assert response.content_type == "text/html"
        assert "attachment" in response.headers["Content-Disposition"]
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        return await response.text()

    async def test_it_holds_everything_and_needs_nothing_else(self, hire: Hire, told: int) -> None:
        page = await self.read(await hire("李主管", Role.SUPERVISOR), told)
        for part in (
            "DD20261120001", "T恤 白色 M码", "quality.damaged.partial", "2026-11-01", "¥30.00",
            "路上压坏，由快递承担", "物流公司服务差", "13800001111", "文三路1号", "改前：我是李雷",
            "&lt;b&gt;碎了&lt;/b&gt;", "SHA-256", "收到",
        ):  # fmt: skip
            assert part in page, part
        assert [bad for bad in ("<b>碎了", "<script", "href=") if bad in page] == []
        assert set(re.findall(r'src="([a-z]+:)', page)) == {"data:"}

    async def test_the_evidence_is_named_by_its_hash(self, agent: Colleague, told: int) -> None:
        assert hashlib.sha256(b"picture").hexdigest() in await self.read(agent, told)

    async def test_the_photos_are_in_the_file(self, hire: Hire, told: int) -> None:
        page = await self.read(await hire("李主管", Role.SUPERVISOR), told)
        assert f'src="data:image/png;base64,{b64encode(b"picture").decode()}"' in page

    async def test_who_does_not_serve_the_customer_sees_no_personal_data(
        self, agent: Colleague, services: Services, told: int
    ) -> None:
        page = await self.read(agent, told)
        shown = ("13800001111", "文三路1号", "李雷", "data:image")
        assert [part for part in shown if part in page] == []
        assert "杯子碎了" in page
        rows = select(audit.c.data).where(audit.c.deed == "dossier.exported")
        assert await services.database.read(lambda c: c.execute(rows).scalars().all()) == [
            {"masked": True}
        ]

    async def test_who_serves_the_customer_sees_it(
        self, agent: Colleague, services: Services, told: int
    ) -> None:
        owned = {"state": "with_person", "owner_kind": "agent", "owner_staff_id": agent.staff.id}
        await services.database.write(lambda c: c.execute(update(conversation).values(owned)))
        assert "13800001111" in await self.read(agent, told)

    async def test_there_is_none_for_no_dispute(self, agent: Colleague) -> None:
        await problem(await agent.get("disputes/999/dossier"), 404)
