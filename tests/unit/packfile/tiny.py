"""A whole small pack of an invented county, and a way to break it in one place."""

# ruff: noqa: E501  # a line of YAML stays one line, so that it can be read as a clerk writes it

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from qingfu.packfile.read import Reading, read
from qingfu.packfile.words.pack import Pack

FILES = {
    "plan.yaml": """\
        plan:
          id: tiny-2024
          title: "小县进校园事项管理办法"
          topic: campus-affairs
          issuer: {party: council}
          issued: "2024-03-01"
          period:
            from: {value: "2024-03-01"}
            until: {value: "2024-12-31"}
          source: "虚构"
          damaged: ["第七条：文字缺失"]
          terms:
            - {id: "2024春", from: "2024-02-26", until: "2024-07-05"}
            - {id: "2024秋", from: "2024-09-02", until: "2025-01-17"}
          in-short: "先申请，后进校。"
        """,
    "clauses.yaml": """\
        clauses:
          - {id: "第一条", says: "目的", sentences: ["1"], runs-nothing: aim, because: "只讲目的。"}
          - {id: "第二条", says: "谁来管", sentences: ["1"]}
          - {id: "第三条", says: "怎样申请", sentences: ["1", "2"]}
          - {id: "第四条", says: "名单", sentences: ["1"]}
          - {id: "第五条", says: "报问题", sentences: ["1", "2"]}
          - {id: "第六条", says: "检查", sentences: ["1"]}
          - {id: "第七条", says: "缺失", sentences: ["1"], runs-nothing: missing-text, because: "原文缺失。"}
        """,
    "skeleton.toml": """\
        source = "tiny"
        [[section]]
        id = "第一条"
        sentences = 1
        binding = []
        [[section]]
        id = "第二条"
        sentences = 1
        binding = [1]
        [[section]]
        id = "第三条"
        sentences = 2
        binding = [1, 2]
        [[section]]
        id = "第四条"
        sentences = 1
        binding = [1]
        [[section]]
        id = "第五条"
        sentences = 2
        binding = [1, 2]
        [[section]]
        id = "第六条"
        sentences = 1
        binding = [1]
        [[section]]
        id = "第七条"
        sentences = 1
        binding = [1]
        """,
    "parties.yaml": """\
        parties:
          council: {clause: "第二条", says: "领导小组", organ: "县领导小组", kind: leading-group, sees: all}
          office:
            clause: "第二条"
            says: "办公室"
            organ: "办公室"
            kind: office
            seated-in: council
            members:
              - {id: head, title: "主任", who: "局长"}
              - {id: deputy, title: "副主任", who: "副局长"}
          experts: {clause: "第三条", says: "专家组", organ: "专家组", kind: committee}
          department: {clause: "第三条", says: "部门", any: department}
          school: {clause: "第五条", says: "学校", any: school}
          applicant: {clause: "第三条", says: "申请人", of-case: applicant}
        """,
    "scopes.yaml": """\
        scopes:
          city-schools: {clause: "第五条", says: "市属学校", each: school, level: city}
        """,
    "phases.yaml": """\
        phases:
          start: {clause: "第五条", says: "摸底", until: {value: "2024-04"}}
        """,
    "forms.yaml": """\
        forms:
          application:
            clause: "第三条"
            says: "申请表"
            minutes: {value: 30, unit: minute}
            items:
              - {id: title, asks: "名称", means: title}
              - {id: theme, asks: "主题", means: theme}
              - {id: criterion, asks: "标准", answer: criterion, means: criterion}
              - {id: starts, asks: "开始", answer: date, means: starts}
              - {id: charges, asks: "收费吗", answer: yes-no, means: charges-money}
              - {id: fee, asks: "收多少", answer: number, only: {item: charges, is: "yes"}}
          opinion:
            clause: "第三条"
            says: "意见"
            minutes: {value: 10, unit: minute}
            items:
              - {id: recommends, asks: "总的意见", answer: choice, means: recommends, options: {admit: "准入", refuse: "不准"}}
          look-back:
            clause: "第五条"
            says: "问题清单"
            minutes: {value: 20, unit: minute, certainty: assumed}
            items:
              - id: problems
                asks: "问题"
                answer: rows
                items:
                  - {id: problem, asks: "问题", means: problem}
          review:
            clause: "第四条"
            says: "评估表"
            minutes: {value: 5, unit: minute}
            items:
              - {id: reason, asks: "理由", means: reason}
        """,
    "duties.yaml": """\
        duties:
          look-back:
            clause: "第五条"
            says: "报问题清单"
            who: [school, department]
            to: office
            hand-in: forms.look-back
            due: {date: "2024-04-30"}
            due-for:
              city-schools: {date: "2024-04-20"}
            phase: start
            opens: problems
          meeting:
            clause: "第五条"
            says: "每季度开会"
            who: office
            does: hold
            proof: tick
            due: {each: quarter, month: "3", day: "25"}
            counts-as: meeting
            minutes: {value: 60, unit: minute}
          study:
            clause: "第二条"
            says: "学文件"
            who: school
            does: study
            proof: none
            due: {date: "2024-03-29"}
            minutes: {value: 15, unit: minute}
        """,
    "criteria.yaml": """\
        criteria:
          by-law: {clause: "第三条", says: "法律规定", evidence: "条款"}
          agreed: {clause: "第三条", says: "经同意", evidence: "文件", needs: [{consent-of: council}]}
        """,
    "conduct.yaml": """\
        conduct:
          selling:
            clause: "第三条"
            says: "收费"
            who: department
            bans: "收费"
            gravity: key
            asked-at: [routes.yearly.decide]
            seen-when: [{answer: charges-money, is: "yes"}]
          twice:
            clause: "第三条"
            says: "重复"
            who: department
            bans: "同一主题重复"
            seen-when: [{similar-affair-in: calendar-year}]
        """,
    "lists.yaml": """\
        lists:
          entry:
            clause: "第四条"
            says: "准入单"
            per: calendar-year
            caps:
              - {counts: items, window: calendar-year, scope: bureau, at-most: {value: "2", unit: item}}
              - {counts: activities, window: semester, scope: school, at-most: {value: "8", unit: activity}}
            admits: [by-law, agreed]
            entered-by: [routes.yearly, routes.urgent]
            leaves-by:
              - {id: pause, says: "暂停", returns: "true"}
              - {id: clear, says: "清理"}
            off-list-clause: "第四条"
        """,
    "routes.yaml": """\
        routes:
          yearly:
            clause: "第三条"
            says: "年度申请"
            of: affair
            steps:
              - {id: apply, says: "申请", by: department, verbs: [submit], form: forms.application}
              - id: experts
                says: "论证"
                by: experts
                verbs: [opine]
                form: forms.opinion
                sealed: "true"
                need: {opinions: {value: "2"}}
              - {id: decide, says: "决定", by: council, verbs: [approve, return, refuse], need: {agree: {value: "2"}}, flags: [selling]}
              - {id: publish, says: "公布", by: office, verbs: [publish], into: lists.entry, discloses: disclosures.entry}
          urgent:
            clause: "第三条"
            says: "临时申请"
            of: affair
            like: routes.yearly
            due: {before: affair.starts, amount: {value: "14", unit: day}, if-late: refuse}
        """,
    "evaluations.yaml": """\
        evaluations:
          review:
            clause: "第四条"
            says: "年末评估"
            of: lists.entry
            by: council
            due: {date: "2024-12-20"}
            form: forms.review
            verdicts:
              - {id: keep, says: "保留"}
              - {id: bad, says: "差", exit: clear}
        """,
    "disclosures.yaml": """\
        disclosures:
          entry: {clause: "第四条", says: "准入单", shows: list, of: lists.entry, due: {date: "2024-05-31"}}
        """,
    "problem-kinds.yaml": """\
        problem-kinds:
          fees: {clause: "第五条", says: "收费", standard: "退清", conduct: selling, deadline: {after: problem.found, amount: {value: "10", unit: working-day}}}
          tidy: {clause: "第五条", says: "立改", standard: "改好", at-once: "true"}
        """,
    "problems-policy.yaml": """\
        problems-policy:
          clause: "第五条"
          says: "台账"
          row-needs: [measure, standard, deadline, person]
          kept-by: office
          revisit-after: {value: "30", unit: day}
        """,
    "intakes.yaml": """\
        intakes:
          phone: {clause: "第六条", says: "电话", keeper: office, channels: [{kind: phone, at: {text: "12345678"}}]}
        """,
    "visits.yaml": """\
        visits:
          monthly:
            clause: "第六条"
            says: "每月到校"
            by: office
            for-each: "学校"
            at-least: {at-least: "1", per: month, within: term}
        """,
}  # fmt: skip


def texts() -> dict[str, str]:
    """The files of the sound pack."""
    return {name: dedent(text) for name, text in FILES.items()}


def write(folder: Path, *changes: tuple[str, str, str], also: dict[str, str] | None = None) -> Path:
    """Write the pack, each change (file, old, new) applied once; an old text that is not there is a mistake."""
    files = {**texts(), **{name: dedent(text) for name, text in (also or {}).items()}}
    for file, old, new in changes:
        assert old in files[file], (file, old)
        files[file] = files[file].replace(old, new, 1)
    root = folder / "tiny-2024"
    root.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return root


def reading(folder: Path, *changes: tuple[str, str, str], also: dict[str, str] | None = None) -> Reading:
    """Read the pack with changes."""
    return read(write(folder, *changes, also=also))


def sound(folder: Path, *changes: tuple[str, str, str], also: dict[str, str] | None = None) -> Pack:
    """The pack with changes that leave it sound."""
    found = reading(folder, *changes, also=also)
    assert found.faults == (), [fault.text() for fault in found.faults]
    assert found.pack is not None
    return found.pack


def line_of(root: Path, file: str, mark: str) -> int:
    """The line, from 1, on which ``mark`` first stands."""
    lines = (root / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if mark in line)
