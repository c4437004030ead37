"""An admin, who is no programmer, trains the classifier and goes back to the one before."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from nlp import registry
from tests.browser.conftest import Demo, NewPage
from tests.browser.people import overflow, sign_in


@pytest.fixture
def demo(trained_home: Path, tmp_path: Path) -> Iterator[Demo]:
    """A shop of its own, in which another artefact was promoted after the first."""
    shutil.copytree(trained_home / "artefacts", tmp_path / "artefacts")
    known = registry.load_current(tmp_path)
    registry.save(tmp_path, "twin", known.classifier, known.answers, dict(known.papers))
    registry.promote(tmp_path, "twin")
    program = Demo(tmp_path)
    yield program
    program.stop()  # with the training


async def test_an_admin_goes_back_and_sees_how_far_a_training_is(
    new_page: NewPage, demo: Demo
) -> None:
    first = registry.earlier_id(demo.home)
    page = await new_page("/console")
    await sign_in(page, demo.login("admin"))
    await page.click("#tab-samples")
    head = page.locator("section.learning")
    await expect(head).to_contain_text("在用模型 twin")
    await page.get_by_text("历次模型 2 个").click()
    await page.get_by_role("button", name="换回这个模型").click()
    await expect(head).to_contain_text(f"在用模型 {first[:8]}")
    await expect(page.get_by_role("button", name="换回这个模型")).to_have_count(0)
    assert registry.current_id(demo.home) == first

    await page.get_by_role("button", name="重新训练").click()
    await expect(head.get_by_role("progressbar", name="训练进度")).to_be_visible()
    await expect(head).to_contain_text("正在训练：")
    await expect(page.get_by_role("button", name="重新训练")).to_be_disabled()
    assert await overflow(page) == []
