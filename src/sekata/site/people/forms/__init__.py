"""Forms of the pages of people."""

from sekata.site.people.forms.entry import CodeForm, FactsForm, PhoneForm
from sekata.site.people.forms.identity import AnswerForm, MergeForm
from sekata.site.people.forms.office import AssistForm, DecreeForm, GrantForm
from sekata.site.people.forms.own import CloseForm, MandateForm, RequestForm
