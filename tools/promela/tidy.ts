// SPDX-License-Identifier: MIT
/** Statements of a transition without jumps and labels that change nothing: a C compiler reads each several times. */

/** A label stands as `L7:`, a jump as `goto L7`; other statements may hold jumps. A label at the end gets a `skip`. */
export function tidy(lines: readonly string[]): readonly string[] {
  let now = lines;
  for (;;) {
    const next = withoutUnusedLabels(withoutIdleJumps(withoutDeadCode(threaded(now))));
    if (next.length === now.length) return attached(next);
    now = next;
  }
}

const labelOf = (line: string | undefined): string | null =>
  /^(L\d+):$/.exec(line ?? '')?.[1] ?? null;
const targetOf = (line: string | undefined): string | null =>
  /^goto (L\d+)$/.exec(line ?? '')?.[1] ?? null;

/** A jump to a jump goes where that goes; two labels of one place are one. */
function threaded(lines: readonly string[]): readonly string[] {
  const leadsTo = new Map<string, string>();
  lines.forEach((line, i) => {
    const label = labelOf(line);
    const next = targetOf(lines[i + 1]) ?? labelOf(lines[i + 1]);
    if (label !== null && next !== null) leadsTo.set(label, next);
  });
  const end = (label: string, seen: ReadonlySet<string> = new Set()): string => {
    const next = leadsTo.get(label);
    return next === undefined || seen.has(label) ? label : end(next, new Set([...seen, label]));
  };
  return lines.map((line) =>
    line.replaceAll(/goto (L\d+)/g, (_, label: string) => `goto ${end(label)}`),
  );
}

function withoutDeadCode(lines: readonly string[]): readonly string[] {
  let dead = false;
  return lines.filter((line) => {
    if (labelOf(line) !== null) dead = false;
    const keep = !dead;
    if (targetOf(line) !== null) dead = true;
    return keep;
  });
}

/** Jumps to what comes next anyway. */
function withoutIdleJumps(lines: readonly string[]): readonly string[] {
  return lines.filter((line, i) => {
    const target = targetOf(line);
    if (target === null) return true;
    let next = i + 1;
    while (labelOf(lines[next]) !== null && labelOf(lines[next]) !== target) next++;
    return labelOf(lines[next]) !== target;
  });
}

function withoutUnusedLabels(lines: readonly string[]): readonly string[] {
  const used = new Set(
    lines.flatMap((line) => [...line.matchAll(/goto (L\d+)/g)].map(([, to]) => to)),
  );
  return lines.filter((line) => {
    const label = labelOf(line);
    return label === null || used.has(label);
  });
}

/** Each label before its statement. */
function attached(lines: readonly string[]): readonly string[] {
  const result: string[] = [];
  let labels = '';
  for (const line of lines) {
    if (labelOf(line) === null) {
      result.push(labels + line);
      labels = '';
    } else labels += `${line} `;
  }
  return labels === '' ? result : [...result, `${labels}skip`];
}
