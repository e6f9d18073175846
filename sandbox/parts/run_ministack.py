"""Runs MiniStack with the placeholders in the input of a schedule filled in, as the EventBridge Scheduler does.

MiniStack hands the input on as it is, and looks at its schedules every ten seconds.
https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html

usage: python run_ministack.py    (with ministack installed)
"""

from datetime import datetime, timezone

from ministack.app import main
from ministack.services import eventbridge, scheduler

deliver = eventbridge._invoke_target


def deliver_filled(target, event, rule, view=None):
    if event.get("Source") == "aws.scheduler" and "Input" in target:
        target = {**target, "Input": filled(target["Input"], event, rule)}
    return deliver(target, event, rule, view)


def filled(text, event, schedule):
    attributes = {
        "schedule-arn": schedule["Arn"],
        "scheduled-time": scheduled_time(event, schedule["ScheduleExpression"]),
        "execution-id": event["EventId"],
        "attempt-number": "1",
    }
    for name, value in attributes.items():
        text = text.replace(f"<aws.scheduler.{name}>", value)
    return text


def scheduled_time(event, expression):
    """Of a schedule that comes again, the whole minute in which it is found due."""
    found = event["Time"] // 60 * 60
    at = scheduler._at_time_epoch(expression)
    return datetime.fromtimestamp(found if at is None else at, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


eventbridge._invoke_target = deliver_filled
scheduler._SCHEDULE_TICK_INTERVAL = 1

main()
