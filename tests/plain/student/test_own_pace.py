"""At one's own pace, line by line."""

from __future__ import annotations

import asyncio

from tests.classroom.making import opened
from tests.plain.lesson import Open


async def test_a_student_goes_on_alone(room: Open) -> None:
    a_class = await room(opened(3, pace="own", attempts=2, closes="2099-05-03T18:00:00+00:00"))
    teacher = a_class.host()
    await teacher.reads("Closes ")
    await teacher.reads("Everybody answers at their own pace.")
    ann = a_class.student("Ann")
    await ann.reads("0 of 3 questions answered, 0 right.\nCloses ")
    await ann.reads("Enter for question 1.\n")
    ann.type("")
    assert "Enter for" not in await ann.reads("Who was on watch on day 1?")
    await ann.reads("Answer 1 to 4:")
    ann.type("Ada Stone")
    assert "others" not in await ann.reads("That is not right. 1 attempt left. Answer 1 to 4, or Enter to go on:")
    ann.type("Cy Reed")
    await ann.reads("Cy Reed was on watch on day 1.")
    await ann.reads("50 points for this question.")
    await ann.reads("Enter for question 2.\n")
    ann.type("")
    await ann.reads("Who was on watch on day 2?")
    ann.type("n")
    await ann.reads("Who was on watch on day 3?")
    ann.type("Cy Reed")
    await ann.reads("Enter for question 2.\n")
    await asyncio.sleep(0.5)  # counts are told a few times a second
    teacher.type("who")
    await teacher.reads("#1 Ann: here, 2 answered.")
    teacher.type("e", "y")
    await ann.reads("The end. 150 points, 2 of 3 right.")


async def test_with_keys_at_closing_an_answer_is_kept_and_not_judged(room: Open) -> None:
    a_class = await room(opened(1, pace="own", reveals="at-closing"))
    teacher = a_class.host()
    await teacher.reads("Everybody answers at their own pace.")
    ann = a_class.student("Ann")
    await ann.reads("0 of 1 question answered.\n")
    ann.type("")
    await ann.reads("Answer 1 to 4:")
    ann.type("1")
    await ann.reads("Answered. Enter to go on.")
    ann.type("")
    await ann.reads(
        "1 of 1 question answered.\nYou have answered everything. The answers are shown once the room has closed."
    )
    assert "Cy Reed was on watch" not in ann.out.getvalue()
    ann.type("q")
    await ann.reads("From another device: http://127.0.0.1:")
