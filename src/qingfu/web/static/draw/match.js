// Method match (7.3): who takes which target in which round, evenly, and nobody whom they are tied to.
(function (draw) {
  "use strict";

  class Matching {
    constructor(method, pool, chance) {
      this.rounds = method.rounds;
      this.chance = chance;
      this.targets = chance("match/targets").shuffle(pool.slice());
      this.takers = chance("match/takers").shuffle(method.takers.slice());
      const tied = new Set(method.ties.map((tie) => tie.taker + " " + tie.target));
      this.allowed = this.takers.map((taker) =>
        this.targets.map((target) => !tied.has(taker.ticket + " " + target.ticket) && !alike(method, taker, target)));
      this.has = this.takers.map(() => new Set());
      this.load = this.takers.map(() => 0);
      this.most = this.takers.map((taker) => ("most" in taker ? taker.most : Infinity));
    }

    may(taker, target) {
      return this.allowed[taker][target] && !this.has[taker].has(target);
    }

    hand(target, from, to) {
      if (from !== null) {
        this.has[from].delete(target);
        this.load[from] -= 1;
      }
      this.has[to].add(target);
      this.load[to] += 1;
    }

    // Every target its takers one after the other; false if there is no answer.
    deal() {
      const ties = this.chance("match/ties");
      const everybody = this.takers.map((_, taker) => taker);
      for (let target = 0; target < this.targets.length; target += 1) {
        for (let i = 0; i < this.rounds; i += 1) {
          let choice = everybody.filter((taker) => this.may(taker, target));
          const room = choice.filter((taker) => this.load[taker] < this.most[taker]);
          if (room.length) choice = room;
          if (!choice.length) return false;
          const least = choice.reduce((low, taker) => Math.min(low, this.load[taker]), Infinity);
          choice = choice.filter((taker) => this.load[taker] === least);
          this.hand(target, null, choice[ties.below(choice.length)]);
        }
      }
      return true;
    }

    over(taker) {
      return this.load[taker] > this.most[taker];
    }

    // Hand targets on along paths until the loads are as even as the exclusions allow.
    *even() {
      const visits = () => this.takers.map((_, taker) => taker)
        .sort((a, b) => this.over(b) - this.over(a) || this.load[b] - this.load[a] || a - b);
      for (let moved = true; moved; ) {
        yield null;
        moved = visits().some((taker) => this.relieved(taker));
      }
      return this.takers.every((_, taker) => !this.over(taker));
    }

    ends(source, taker) {
      if (this.load[taker] >= this.most[taker]) return false;
      return this.over(source) || this.load[taker] <= this.load[source] - 2;
    }

    relieved(source) {
      if (!this.takers.some((_, taker) => taker !== source && this.ends(source, taker))) return false;
      let unseen = this.takers.map((_, taker) => taker).filter((taker) => taker !== source);
      const cameFrom = new Map();
      for (const queue = [source]; queue.length; ) {
        const giver = queue.shift();
        for (const target of this.held(giver)) {
          const kept = [];
          for (const taker of unseen) {
            if (!this.may(taker, target)) kept.push(taker);
            else {
              cameFrom.set(taker, [giver, target]);
              if (this.ends(source, taker)) return this.along(cameFrom, source, taker);
              queue.push(taker);
            }
          }
          unseen = kept;
        }
      }
      return false;
    }

    along(cameFrom, source, last) {
      for (let taker = last; taker !== source; ) {
        const [giver, target] = cameFrom.get(taker);
        this.hand(target, giver, taker);
        taker = giver;
      }
      return true;
    }

    held(taker) {
      return Array.from(this.has[taker]).sort((a, b) => a - b);
    }

    // [taker, target, colour] of all edges; no part of a taker and no target has a colour twice.
    coloured() {
      const [edges, atPart, atTarget] = [[], [], this.targets.map(() => [])];
      for (let taker = 0; taker < this.takers.length; taker += 1) {
        this.held(taker).forEach((target, i) => {
          if (i % this.rounds === 0) atPart.push([]);
          const edge = { taker, target, part: atPart.length - 1, colour: -1 };
          edges.push(edge);
          this.colour(edge, atPart, atTarget);
        });
      }
      return edges;
    }

    colour(edge, atPart, atTarget) {
      const [here, there] = [atPart[edge.part], atTarget[edge.target]];
      const free = (test) => {
        for (let i = 0; i < this.rounds; i += 1) if (test(i)) return i;
        return -1;
      };
      let colour = free((i) => !here[i] && !there[i]);
      if (colour < 0) {
        colour = free((i) => !there[i]);
        exchange(edge.part, colour, free((i) => !here[i]), atPart, atTarget);
      }
      edge.colour = colour;
      here[colour] = there[colour] = edge;
    }

    result() {
      const places = this.chance("match/rounds").shuffle(Array.from({ length: this.rounds }, (_, i) => i));
      const rounds = places.map(() => []);
      const loads = this.takers.map((taker, i) => [taker.ticket, this.load[i], ...places.map(() => 0)]);
      for (const { taker, target, colour } of this.coloured()) {
        rounds[places[colour]].push([this.targets[target].ticket, this.takers[taker].ticket]);
        loads[taker][2 + places[colour]] += 1;
      }
      for (const rows of [loads, ...rounds]) rows.sort((a, b) => (a[0] < b[0] ? -1 : 1));
      return { loads, rounds };
    }
  }

  function alike(method, taker, target) {
    const mark = (entry, word) => (entry.marks && word in entry.marks ? entry.marks[word] : null);
    return method.apart_by.some((word) => mark(taker, word) !== null && mark(taker, word) === mark(target, word));
  }

  // Exchange two colours along the path that starts at a part with its edge of the first.
  function exchange(part, first, second, atPart, atTarget) {
    const path = [];
    for (let [edge, wanted, atEnd] = [atPart[part][first], second, true]; edge; ) {
      path.push(edge);
      edge = atEnd ? atTarget[edge.target][wanted] : atPart[edge.part][wanted];
      wanted = wanted === first ? second : first;
      atEnd = !atEnd;
    }
    for (const edge of path) {
      for (const place of [atPart[edge.part], atTarget[edge.target]]) if (place[edge.colour] === edge) delete place[edge.colour];
      edge.colour = edge.colour === first ? second : first;
    }
    for (const edge of path) atPart[edge.part][edge.colour] = atTarget[edge.target][edge.colour] = edge;
  }

  // The result, or null if there is no answer.
  draw.match = function* (method, pool, chance) {
    if (method.rounds > method.takers.length) return null;
    const matching = new Matching(method, pool, chance);
    if (!matching.deal() || !(yield* matching.even())) return null;
    return matching.result();
  };
})((globalThis.QingfuDraw = globalThis.QingfuDraw || {}));
