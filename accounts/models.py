"""People who log in, and what they may see: roles by membership of a team or college."""

from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.roles import Roles
from bpv.core import clock
from bpv.core.models import Person


class College(models.Model):
    name = models.CharField(_("naam"), max_length=120, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    college = models.ForeignKey(College, models.PROTECT, related_name="teams", verbose_name=_("college"))
    name = models.CharField(_("naam"), max_length=120, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person who can log in; without a password only by one-time link."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password) if password else user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(Person, AbstractBaseUser):
    """Anyone who logs in: staff (memberships), student (Student.user) or praktijkopleider (Contact.user)."""

    email = models.EmailField(
        _("e-mailadres"), unique=True, error_messages={"unique": _("Er is al iemand met dit e-mailadres.")}
    )
    phone = models.CharField(_("telefoon"), max_length=20, blank=True)
    staff_number = models.CharField(_("personeelsnummer"), max_length=20, null=True, blank=True, unique=True)
    reachability = models.CharField(_("bereikbaarheid"), max_length=200, blank=True)
    language = models.CharField(_("taal"), max_length=2, choices=settings.LANGUAGES, default="nl")
    is_active = models.BooleanField(_("actief"), default=True)

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["first_name", "last_name"]
    objects = UserManager()

    class Meta:
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_lower_case"),
        ]

    @property
    def roles(self) -> Roles:
        """The person's roles, read once per request."""
        if not hasattr(self, "_roles"):
            rows = self.memberships.values_list("role", "team", "college__teams")
            self._roles = Roles.from_rows(rows)
        return self._roles


class Role(models.TextChoices):
    TEACHER = "teacher", _("bpv-docent")
    COORDINATOR = "coordinator", _("bpv-coördinator")
    MANAGER = "manager", _("manager onderwijs")
    ADMINISTRATION = "administration", _("studentenadministratie")
    CONFIDANT = "confidant", _("vertrouwenscontactpersoon")


class Membership(models.Model):
    """A role of a person in one team, or in all teams of one college."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(_("rol"), max_length=20, choices=Role)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="memberships")
    college = models.ForeignKey(College, models.PROTECT, null=True, blank=True, related_name="memberships")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(team__isnull=False, college__isnull=True) | Q(team__isnull=True, college__isnull=False),
                name="membership_team_or_college",
                violation_error_message=_("Kies een team of een college, niet allebei."),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "team", "college"], name="membership_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role}"


class Absence(models.Model):
    """Somebody of the school is away: questions that come in go to the stand-in."""

    user = models.ForeignKey(User, models.CASCADE, related_name="absences")
    stand_in = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("vervanger"))
    first = models.DateField(_("afwezig vanaf"))
    last = models.DateField(_("tot en met"))

    class Meta:
        ordering = ["first"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first")),
                name="absence_dates",
                violation_error_message=_("Het einde ligt voor het begin."),
            ),
            models.CheckConstraint(
                condition=~Q(stand_in=F("user")),
                name="absence_somebody_else",
                violation_error_message=_("Kies iemand anders als vervanger."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.first}"


class OneTimeLink(models.Model):
    """A link in a mail. Its token is kept as SHA-256 only; a GET does nothing; it opens after a code (T5-T8)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    next_path = models.CharField(max_length=200, default="/")
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.user} {self.created_at:%Y-%m-%d}"


class OneTimeCode(models.Model):
    """Six digits sent in a second mail: ten minutes, once, five tries, bound to the browser that asked."""

    link = models.ForeignKey(OneTimeLink, models.CASCADE, related_name="codes")
    code_hash = models.CharField(max_length=64)
    browser_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.link_id} {self.created_at:%H:%M}"
