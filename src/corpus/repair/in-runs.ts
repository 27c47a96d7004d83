/** Of each place, whether it stands in a row of at least so many that suit. */
export function inRuns(suits: readonly boolean[], least: number): boolean[] {
  const inRun = suits.map(() => false);
  for (let from = 0; from < suits.length; from++) {
    let to = from;
    while (suits[to]) to++;
    if (to - from >= least) inRun.fill(true, from, to);
    from = Math.max(from, to);
  }
  return inRun;
}
