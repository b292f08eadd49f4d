"""A whole pack, and the table of its kinds."""

from __future__ import annotations

from typing import NamedTuple

from pydantic import Field

from qingfu.packfile.words import asks, moves, situation
from qingfu.packfile.words import limits as bounds
from qingfu.packfile.words import plan as plans
from qingfu.packfile.words.word import Key, Thing, Word


class Kind(NamedTuple):
    """A kind of object: its folder or file in the pack, its Chinese name, the room that runs it."""

    key: str
    name: str
    room: str


KINDS = (
    Kind("parties", "主体", "plans"),
    Kind("scopes", "范围", "plans"),
    Kind("phases", "阶段", "plans"),
    Kind("forms", "表单", "forms"),
    Kind("duties", "任务", "duties"),
    Kind("lists", "名单", "lists"),
    Kind("criteria", "准入标准", "affairs"),
    Kind("conduct", "行为红线", "affairs"),
    Kind("routes", "审批流程", "routes"),
    Kind("evaluations", "评估", "affairs"),
    Kind("problem-kinds", "问题类型", "problems"),
    Kind("problems-policy", "台账规则", "problems"),
    Kind("disclosures", "公示", "disclosures"),
    Kind("intakes", "受理渠道", "clues"),
    Kind("under", "上位文件", "plans"),
    Kind("links", "挂钩事项", "plans"),
    Kind("visits", "督导检查", "visits"),
    Kind("pairings", "结对", "visits"),
    Kind("draws", "抽取", "draws"),
    Kind("parameters", "参数", "plans"),
    Kind("limits", "限额", "monitoring"),
    Kind("monitors", "监测", "monitoring"),
    Kind("measures", "处置措施", "sanctions"),
    Kind("proposals", "建议处置", "sanctions"),
    Kind("papers", "文书", "documents"),
)


class Pack(Word):
    """Everything one plan edition says and makes happen. Objects are keyed by id within their kind."""

    plan: plans.Plan
    clauses: tuple[plans.Clause, ...] = Field(min_length=1)
    parties: dict[Key, plans.Party] = Field(min_length=1)
    scopes: dict[Key, plans.Scope] = Field(default_factory=dict)
    phases: dict[Key, plans.Phase] = Field(default_factory=dict)
    forms: dict[Key, asks.Form] = Field(default_factory=dict)
    duties: dict[Key, asks.Duty] = Field(default_factory=dict)
    lists: dict[Key, moves.WhiteList] = Field(default_factory=dict)
    criteria: dict[Key, moves.Criterion] = Field(default_factory=dict)
    conduct: dict[Key, moves.Conduct] = Field(default_factory=dict)
    routes: dict[Key, moves.Route] = Field(default_factory=dict)
    evaluations: dict[Key, moves.Evaluation] = Field(default_factory=dict)
    problem_kinds: dict[Key, asks.ProblemKind] = Field(default_factory=dict)
    problems_policy: asks.ProblemsPolicy | None = None
    disclosures: dict[Key, moves.Disclosure] = Field(default_factory=dict)
    intakes: dict[Key, asks.Intake] = Field(default_factory=dict)
    under: dict[Key, plans.Under] = Field(default_factory=dict)
    links: dict[Key, plans.Link] = Field(default_factory=dict)
    visits: dict[Key, moves.Visit] = Field(default_factory=dict)
    pairings: dict[Key, moves.Pairing] = Field(default_factory=dict)
    draws: dict[Key, moves.Draw] = Field(default_factory=dict)
    parameters: dict[Key, bounds.Parameter] = Field(default_factory=dict)
    limits: dict[Key, bounds.Limit] = Field(default_factory=dict)
    monitors: dict[Key, moves.Monitor] = Field(default_factory=dict)
    measures: dict[Key, asks.Measure] = Field(default_factory=dict)
    proposals: dict[Key, asks.Proposal] = Field(default_factory=dict)
    papers: dict[Key, moves.Paper] = Field(default_factory=dict)
    advisories: tuple[plans.Advisory, ...] = ()
    situations: tuple[situation.Situation, ...] = ()

    def clause(self, number: str) -> plans.Clause | None:
        return next((clause for clause in self.clauses if clause.id == number), None)

    def things(self, kind: str) -> dict[str, Thing | plans.Party]:
        """The objects of one kind, by id; the ledger's policy counts as one object named `policy`."""
        found = getattr(self, kind.replace("-", "_"))
        if kind == "problems-policy":
            return {"policy": found} if found else {}
        return dict(found)
