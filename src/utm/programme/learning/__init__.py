"""The moderated learning community: questions, answers, moderation, routing, a helpdesk."""

from utm.programme.learning.events import (
    Answer,
    LearningEvent,
    LearningGroupOpened,
    Moderation,
    ModeratorsNamed,
    PostStatus,
    QuestionAsked,
    QuestionRouted,
    RoutedTo,
)
from utm.programme.learning.helpdesk import (
    FaqEntry,
    FaqPublished,
    FaqWithdrawn,
    HelpAsked,
    Helpdesk,
    HelpdeskEvent,
    HelpGiven,
    HelpTicket,
)
from utm.programme.learning.lifecycle import (
    LEARNING_REQUIREMENTS,
    CommunityHistory,
    begin_community,
)
from utm.programme.learning.routing import Respondent, route_question
from utm.programme.learning.state import (
    Community,
    CommunityTerms,
    LearningGroup,
    ModerationRecord,
    Post,
    ReaderRole,
)

__all__ = [
    "LEARNING_REQUIREMENTS",
    "Answer",
    "Community",
    "CommunityHistory",
    "CommunityTerms",
    "FaqEntry",
    "FaqPublished",
    "FaqWithdrawn",
    "HelpAsked",
    "HelpGiven",
    "HelpTicket",
    "Helpdesk",
    "HelpdeskEvent",
    "LearningEvent",
    "LearningGroup",
    "LearningGroupOpened",
    "Moderation",
    "ModerationRecord",
    "ModeratorsNamed",
    "Post",
    "PostStatus",
    "QuestionAsked",
    "QuestionRouted",
    "ReaderRole",
    "Respondent",
    "RoutedTo",
    "begin_community",
    "route_question",
]
