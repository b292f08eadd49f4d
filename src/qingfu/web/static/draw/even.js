// Method allot (7.4), steps 5 and 6: exchanges that even out counts, then levels.
(function (draw) {
  "use strict";

  // The singles of a class by cell, as [cell, [[place, pupil], …]] in order of places; kept until the class changes.
  function byCell(placing, c) {
    if (placing.kept[c] === null) {
      const cells = new Map();
      placing.row[c].forEach((pupil, place) => {
        if (!placing.single[pupil]) return;
        const cell = placing.cell[pupil];
        if (!cells.has(cell)) cells.set(cell, []);
        cells.get(cell).push([place, pupil]);
      });
      placing.kept[c] = Array.from(cells);
    }
    return placing.kept[c];
  }

  // Class pairs in turn: (H, L), (H, c), (c, L); of each only those that are `wide` enough apart.
  function* classPairs(classes, high, low, wide, upwards, downwards) {
    if (wide(high, low)) yield [high, low];
    const others = Array.from({ length: classes }, (_, c) => c).filter((c) => c !== high && c !== low);
    for (const c of others.filter((c) => wide(high, c)).sort(upwards)) yield [high, c];
    for (const c of others.filter((c) => wide(c, low)).sort(downwards)) yield [c, low];
  }

  class Counts {
    constructor(placing) {
      this.placing = placing;
      this.n = Array.from({ length: placing.values }, () => new Int32Array(placing.classes));
      placing.cell.forEach((cell, pupil) => {
        for (const v of placing.cellValues[cell]) this.n[v][placing.classOf[pupil]] += 1;
      });
      this.spreads = new Array(placing.values).fill(null);
      this.wordOf = [];
      for (const values of placing.cellValues) values.forEach((v, word) => (this.wordOf[v] = word));
    }

    spread(v) {
      if (this.spreads[v] === null) {
        let [most, fewest] = [0, Infinity];
        for (const count of this.n[v]) {
          if (count > most) most = count;
          if (count < fewest) fewest = count;
        }
        this.spreads[v] = most - fewest;
      }
      return this.spreads[v];
    }

    // What an exchange of cell x in class a for cell y in class b changes.
    change(x, y, a, b) {
      const [mine, theirs] = [this.placing.cellValues[x], this.placing.cellValues[y]];
      let sum = 0;
      for (let word = 0; word < mine.length; word += 1) {
        const [p, q] = [mine[word], theirs[word]];
        if (p !== q) sum += 2 * (1 - (this.n[p][a] - this.n[p][b])) + 2 * (1 + (this.n[q][a] - this.n[q][b]));
      }
      return sum;
    }

    // The best exchange of one with v from class a for one without it from class b, or null.
    best(v, a, b) {
      const { placing } = this;
      const has = (cell) => placing.cellValues[cell][this.wordOf[v]] === v;
      const theirs = byCell(placing, b);
      const ways = new Map();
      for (const [x, from] of byCell(placing, a)) {
        if (!has(x)) continue;
        for (const [y, to] of theirs) {
          const change = has(y) ? 0 : this.change(x, y, a, b);
          if (change >= 0) continue;
          if (!ways.has(change)) ways.set(change, []);
          ways.get(change).push([from, to]);
        }
      }
      for (const change of Array.from(ways.keys()).sort((p, q) => p - q)) {
        const found = nearest(placing, ways.get(change));
        if (found) return found;
      }
      return null;
    }

    // The pupil with v whose move from class a to class b is best, or null.
    bestMove(v, a, b) {
      const { placing } = this;
      if (placing.row[a].length !== placing.row[b].length + 1) return null;
      let best = null;
      for (const pupil of placing.row[a]) {
        const values = placing.cellValues[placing.cell[pupil]];
        if (!placing.single[pupil] || !values.includes(v) || placing.clashes(pupil, b)) continue;
        const change = values.reduce((sum, each) => sum + 2 * (1 - (this.n[each][a] - this.n[each][b])), 0);
        if (change < 0 && (best === null || change < best.change)) best = { change, pupil };
      }
      return best && best.pupil;
    }

    // One step towards a smaller spread of v: an exchange, or else a move. False if there is none.
    step(v) {
      const count = this.n[v];
      const high = count.indexOf(count.reduce((p, q) => Math.max(p, q)));
      const low = count.indexOf(count.reduce((p, q) => Math.min(p, q)));
      const wide = (c, d) => count[c] - count[d] >= 2;
      const upwards = (c, d) => count[c] - count[d] || c - d;
      const downwards = (c, d) => count[d] - count[c] || c - d;
      for (const [a, b] of classPairs(this.placing.classes, high, low, wide, upwards, downwards)) {
        const found = this.best(v, a, b);
        if (found) return this.exchange(found, a, b);
      }
      for (const [a, b] of classPairs(this.placing.classes, high, low, wide, upwards, downwards)) {
        const found = this.bestMove(v, a, b);
        if (found !== null) return this.move(found, a, b);
      }
      return false;
    }

    count(pupil, from, to) {
      for (const v of this.placing.cellValues[this.placing.cell[pupil]]) {
        this.n[v][from] -= 1;
        this.n[v][to] += 1;
        this.spreads[v] = null;
      }
    }

    exchange([x, y], a, b) {
      this.count(x, a, b);
      this.count(y, b, a);
      this.placing.exchange(x, y);
      return true;
    }

    move(pupil, from, to) {
      this.count(pupil, from, to);
      this.placing.move(pupil, to);
      return true;
    }
  }

  // Of fit exchanges that change as much, the one nearest in level, then first in places.
  function nearest(placing, ways) {
    let best = null;
    for (const [from, to] of ways) {
      for (const [i, x] of from) {
        for (const [j, y] of to) {
          const key = [Math.abs(placing.level[x] - placing.level[y]), i, j];
          if ((best === null || less(key, best.key)) && placing.fit(x, y)) best = { key, pair: [x, y] };
        }
      }
    }
    return best && best.pair;
  }

  const less = (a, b) => a[0] - b[0] < 0 || (a[0] === b[0] && (a[1] < b[1] || (a[1] === b[1] && a[2] < b[2])));

  draw.evenCounts = function* (placing) {
    const counts = new Counts(placing);
    const aside = new Array(placing.values).fill(false);
    for (let v = 0; v < placing.values; ) {
      if (aside[v] || counts.spread(v) < 2) {
        v += 1;
        continue;
      }
      if (counts.step(v)) {
        aside.fill(false);
        v = 0;
      } else aside[v] = true;
      yield null;
    }
  };

  // Sums of levels times their weights. Numbers, or whole numbers of any size where levels are that large.
  class Levels {
    constructor(placing) {
      this.placing = placing;
      this.counts = new Counts(placing);
      this.totals = this.counts.n.map((count) => count.reduce((sum, n) => sum + n, 0));
      const highest = placing.level.reduce((p, q) => Math.max(p, q), 0);
      const kind = highest * placing.count * (placing.small + 1) * 4 < Number.MAX_SAFE_INTEGER ? Number : BigInt;
      const even = placing.row.every((row) => row.length === placing.row[0].length);
      const weight = (row) => (even ? 1 : row.length > placing.small ? placing.small : placing.small + 1);
      this.weight = placing.row.map((row) => kind(weight(row)));
      this.enough = kind(even ? 1 : placing.small);
      this.level = placing.level.map((level) => kind(level));
      this.m = placing.row.map((row, c) => row.reduce((sum, pupil) => sum + this.level[pupil], kind(0)) * this.weight[c]);
    }

    // The best exchange of two classes; `ways` are pairs [singles of a cell of a, singles of a cell of b].
    best(a, b, ways) {
      const { placing, level } = this;
      const gap = this.m[a] - this.m[b];
      const both = this.weight[a] + this.weight[b];
      let best = null;
      for (const [from, to] of ways) {
        for (const [i, x] of from) {
          for (const [j, y] of to) {
            let left = gap - (level[x] - level[y]) * both;
            if (left < 0) left = -left;
            if (left >= gap || (best && (left > best.left || (left === best.left && !before(i, j, best))))) continue;
            if (placing.fit(x, y)) best = { left, i, j, pair: [x, y] };
          }
        }
      }
      return best && best.pair;
    }

    ofOneCell(a, b) {
      const theirs = new Map(byCell(this.placing, b));
      const ways = [];
      for (const [cell, from] of byCell(this.placing, a)) if (theirs.has(cell)) ways.push([from, theirs.get(cell)]);
      return ways;
    }

    ofTwoCells(a, b) {
      const theirs = byCell(this.placing, b);
      const ways = [];
      for (const [x, from] of byCell(this.placing, a)) {
        for (const [y, to] of theirs) if (x !== y && this.keepsCounts(x, y, a, b)) ways.push([from, to]);
      }
      return ways;
    }

    // Whether every count that changes would be as even as it can be when a cell goes from a to b and another comes back.
    keepsCounts(x, y, a, b) {
      const { placing, counts, totals } = this;
      const even = (v, count) =>
        count >= Math.floor(totals[v] / placing.classes) && count <= Math.ceil(totals[v] / placing.classes);
      const other = placing.cellValues[y];
      return placing.cellValues[x].every((p, word) => {
        const q = other[word];
        return p === q || (even(p, counts.n[p][a] - 1) && even(p, counts.n[p][b] + 1) &&
          even(q, counts.n[q][a] + 1) && even(q, counts.n[q][b] - 1));
      });
    }

    // One step towards even levels; false if there is none.
    step(high, low) {
      const { m } = this;
      const compare = (p, q) => (p < q ? -1 : p > q ? 1 : 0);
      const wide = (c, d) => m[c] - m[d] > this.enough;
      const upwards = (c, d) => compare(m[c], m[d]) || c - d;
      const downwards = (c, d) => compare(m[d], m[c]) || c - d;
      for (const ways of [this.ofOneCell, this.ofTwoCells]) {
        for (const [a, b] of classPairs(this.placing.classes, high, low, wide, upwards, downwards)) {
          const found = this.best(a, b, ways.call(this, a, b));
          if (found) return this.exchange(found, a, b);
        }
      }
      return false;
    }

    exchange([x, y], a, b) {
      const moved = this.level[x] - this.level[y];
      this.m[a] -= moved * this.weight[a];
      this.m[b] += moved * this.weight[b];
      this.counts.exchange([x, y], a, b);
      return true;
    }
  }

  const before = (i, j, best) => i < best.i || (i === best.i && j < best.j);

  draw.evenLevels = function* (placing) {
    if (placing.small === 0) return;
    const levels = new Levels(placing);
    const { m } = levels;
    for (let moved = true; moved; ) {
      yield null;
      let [high, low] = [0, 0];
      for (let c = 1; c < m.length; c += 1) {
        if (m[c] > m[high]) high = c;
        if (m[c] < m[low]) low = c;
      }
      moved = m[high] - m[low] > levels.enough && levels.step(high, low);
    }
  };
})((globalThis.QingfuDraw = globalThis.QingfuDraw || {}));
