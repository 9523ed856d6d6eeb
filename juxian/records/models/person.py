"""People who sign in."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, login: str, password: str | None = None, **facts: object) -> Person:
        person = self.model(login=login, **facts)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, login: str, password: str, **facts: object) -> Person:
        return self.create_user(login, password, is_staff=True, is_superuser=True, **facts)


class Person(AbstractBaseUser, PermissionsMixin):
    """A person who signs in (用户); what they may do comes from dated appointments."""

    login = models.CharField(_("登录名"), max_length=50, unique=True)
    name = models.CharField(_("姓名"), max_length=100)
    phone = models.CharField(_("手机"), max_length=20, blank=True)
    employer = models.ForeignKey(
        "records.Office", models.PROTECT, verbose_name=_("工作单位"), null=True, blank=True
    )
    speciality = models.CharField(_("专业"), max_length=100, blank=True)
    password_is_given = models.BooleanField(_("口令由单位代设"), default=False)
    is_active = models.BooleanField(_("启用"), default=True)
    is_staff = models.BooleanField(_("可进入后台"), default=False)
    joined_at = models.DateTimeField(_("注册时间"), auto_now_add=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("用户")
        verbose_name_plural = _("用户")

    def __str__(self) -> str:
        return self.name
