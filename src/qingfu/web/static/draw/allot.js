// Method allot (7.4), steps 1 to 4, 7 and 8: pupils into classes. Steps 5 and 6 are in even.js.
(function (draw) {
  "use strict";

  const range = (n) => Array.from({ length: n }, (_, i) => i);

  // The numbers of things by first appearance, under their written form.
  function numbered(all) {
    const numbers = new Map();
    for (const each of all) if (!numbers.has(each)) numbers.set(each, numbers.size);
    return numbers;
  }

  class Placing {
    constructor(method, pool, chance) {
      Object.assign(this, { method, pool, chance });
      this.count = pool.length;
      this.classes = method.classes.length;
      this.small = Math.floor(this.count / this.classes);
      const larger = this.count % this.classes;
      this.size = range(this.classes).map((c) => this.small + (c < larger ? 1 : 0));
      this.room = this.size.slice();
      this.row = this.size.map(() => []);
      this.kept = this.size.map(() => null);
      this.classOf = new Array(this.count).fill(-1);
      this.number = new Map(pool.map((entry, i) => [entry.ticket, i]));
      this.level = pool.map((entry) => entry.level);
      this.cells();
      this.relations();
    }

    cells() {
      const marks = this.pool.map((entry) => this.method.balance.map((word) => entry.marks[word]));
      const written = marks.map((list) => JSON.stringify(list));
      const cells = numbered(written);
      this.cell = written.map((each) => cells.get(each));
      // A value is a word and its mark: all marks of the first word come first.
      const keys = this.method.balance.map((_, word) => marks.map((list) => word + " " + list[word]));
      const values = numbered([].concat(...keys));
      this.values = values.size;
      this.cellValues = new Array(cells.size);
      this.cell.forEach((cell, i) => {
        if (!this.cellValues[cell]) this.cellValues[cell] = keys.map((list) => values.get(list[i]));
      });
    }

    relations() {
      this.clash = new Array(this.count).fill(null);
      this.pairs = this.method.apart.map((pair) => pair.map((ticket) => this.number.get(ticket)));
      for (const [a, b] of this.pairs) {
        (this.clash[a] = this.clash[a] || []).push(b);
        (this.clash[b] = this.clash[b] || []).push(a);
      }
      this.groups = this.method.together.map((group) => group.map((ticket) => this.number.get(ticket)));
      this.single = new Array(this.count).fill(true);
      for (const group of this.groups) for (const pupil of group) this.single[pupil] = false;
    }

    // Whether the pupil clashes with one of a class, the one who leaves not counted.
    clashes(pupil, inClass, leaving = -1) {
      const others = this.clash[pupil];
      return others !== null && others.some((other) => this.classOf[other] === inClass && other !== leaving);
    }

    fit(x, y) {
      return !this.clashes(x, this.classOf[y], y) && !this.clashes(y, this.classOf[x], x);
    }

    put(pupil, inClass) {
      this.row[inClass].push(pupil);
      this.classOf[pupil] = inClass;
      this.room[inClass] -= 1;
    }

    // Exchange what stands in two places.
    exchange(x, y) {
      const [a, b] = [this.classOf[x], this.classOf[y]];
      const [at, to] = [this.row[a].indexOf(x), this.row[b].indexOf(y)];
      this.row[a][at] = y;
      this.row[b][to] = x;
      this.classOf[x] = b;
      this.classOf[y] = a;
      this.kept[a] = this.kept[b] = null;
    }

    // Leave one's row, where those behind close up, for the end of another.
    move(pupil, to) {
      const from = this.classOf[pupil];
      this.row[from].splice(this.row[from].indexOf(pupil), 1);
      this.row[to].push(pupil);
      this.classOf[pupil] = to;
      this.kept[from] = this.kept[to] = null;
    }

    open(stream) {
      return stream.shuffle(range(this.classes).filter((c) => this.room[c] > 0));
    }

    drawRanks() {
      this.rank = new Array(this.count);
      this.chance("allot/rank").shuffle(range(this.count)).forEach((pupil, place) => (this.rank[pupil] = place));
    }

    placeGroups() {
      const stream = this.chance("allot/groups");
      const first = this.groups.map((group) => Math.min(...group.map((pupil) => this.rank[pupil])));
      let list = [];
      for (const i of range(this.groups.length).sort((a, b) => first[a] - first[b])) {
        const group = this.groups[i];
        const roomy = (c) => this.room[c] >= group.length;
        const free = (c) => roomy(c) && !group.some((pupil) => this.clashes(pupil, c));
        let found = list.find(free);
        if (found === undefined) {
          list = this.open(stream);
          found = list.find(free);
        }
        if (found === undefined) found = list.find(roomy);
        if (found === undefined) found = this.room.indexOf(this.room.reduce((a, b) => Math.max(a, b)));
        for (const pupil of group) this.put(pupil, found);
        list = list.filter((c) => c !== found);
      }
    }

    placeSingles() {
      const stream = this.chance("allot/deal");
      const singles = range(this.count).filter((pupil) => this.single[pupil]);
      singles.sort((a, b) => this.cell[a] - this.cell[b] || this.level[b] - this.level[a] || this.rank[a] - this.rank[b]);
      let list = [];
      for (const pupil of singles) {
        if (!list.length) list = this.open(stream);
        const at = Math.max(0, list.findIndex((c) => !this.clashes(pupil, c)));
        this.put(pupil, list.splice(at, 1)[0]);
      }
    }

    partPairs() {
      const ranks = ([a, b]) => [this.rank[a], this.rank[b]].sort((x, y) => x - y);
      const together = ([a, b]) => this.classOf[a] === this.classOf[b];
      const order = (p, q) => ranks(p)[0] - ranks(q)[0] || ranks(p)[1] - ranks(q)[1];
      for (const pair of this.pairs.filter(together).sort(order)) {
        const singles = pair.filter((pupil) => this.single[pupil]).sort((a, b) => this.rank[a] - this.rank[b]);
        if (!together(pair) || !singles.length) continue;
        const other = this.partner(singles[0], true) ?? this.partner(singles[0], false);
        if (other !== null) this.exchange(singles[0], other);
      }
    }

    // The first fit single in the classes after that of the pupil.
    partner(pupil, ownCell) {
      const from = this.classOf[pupil];
      for (let step = 1; step < this.classes; step += 1) {
        for (const other of this.row[(from + step) % this.classes]) {
          if (!this.single[other] || (ownCell && this.cell[other] !== this.cell[pupil])) continue;
          if (this.fit(pupil, other)) return other;
        }
      }
      return null;
    }

    labels() {
      this.label = this.chance("allot/labels").shuffle(this.method.classes.slice());
      this.team = this.label.map(() => null);
      if (!this.method.teams.length) return;
      const stream = this.chance("allot/teams");
      for (let time = 0; time < 1000; time += 1) {
        this.team = stream.shuffle(this.method.teams.map((entry) => entry.ticket));
        if (!this.meetings().length) return;
      }
    }

    meetings() {
      return this.method.avoid.filter(([ticket, team]) => this.team[this.classOf[this.number.get(ticket)]] === team);
    }

    later() {
      const stream = this.chance("allot/later");
      const least = this.row.reduce((low, row) => Math.min(low, row.length), Infinity);
      const smaller = range(this.classes).filter((c) => this.row[c].length === least);
      const seats = stream.shuffle(smaller);
      while (seats.length < this.method.later) seats.push(...stream.shuffle(range(this.classes)));
      return seats.slice(0, this.method.later).map((c) => this.label[c]);
    }

    result() {
      const classes = this.row.map((row, c) => ({
        label: this.label[c], team: this.team[c], tickets: row.map((pupil) => this.pool[pupil].ticket).sort(),
      }));
      const place = new Map(this.method.classes.map((label, i) => [label, i]));
      classes.sort((a, b) => place.get(a.label) - place.get(b.label));
      const together = this.method.apart.filter((_, i) => this.classOf[this.pairs[i][0]] === this.classOf[this.pairs[i][1]]);
      return { classes, later: this.later(), unmet: [...together, ...this.meetings()] };
    }
  }

  draw.allot = function* (method, pool, chance) {
    const placing = new Placing(method, pool, chance);
    placing.drawRanks();
    placing.placeGroups();
    yield null;
    placing.placeSingles();
    yield null;
    placing.partPairs();
    yield* draw.evenCounts(placing);
    yield* draw.evenLevels(placing);
    placing.labels();
    return placing.result();
  };
})((globalThis.QingfuDraw = globalThis.QingfuDraw || {}));
