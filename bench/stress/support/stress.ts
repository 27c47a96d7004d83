/** `long` is what `npm run stress` runs; the short form is part of `npm test`. */
export type Form = { readonly long: boolean };

export type Figures = Readonly<Record<string, number | string>>;

export type Goal = {
  readonly holds: (figure: number) => boolean;
  /** How it is told: `≤ 3000`. */
  readonly text: string;
  /** Of speed: it holds on a machine that does nothing else, and so only the long form fails by it. */
  readonly timed: boolean;
};

export const atMost = (most: number): Goal => ({
  holds: (figure) => figure <= most,
  text: `≤ ${most}`,
  timed: false,
});
export const atLeast = (least: number): Goal => ({
  holds: (figure) => figure >= least,
  text: `≥ ${least}`,
  timed: false,
});
/** A goal of speed or memory. */
export const timed = (goal: Goal): Goal => ({ ...goal, timed: true });

/**
 * Runs one script of `scripts/`: prints its figures as one line of JSON on stdout, and what misses its goal on stderr, and sets the
 * exit code.
 */
export async function stress<F extends Figures>(
  name: string,
  run: (form: Form) => Promise<F>,
  goals: Partial<Record<keyof F & string, Goal>>,
): Promise<void> {
  const form = { long: !process.argv.includes("--short") };
  const begun = performance.now();
  const figures = await run(form);
  const seconds = Math.round((performance.now() - begun) / 100) / 10;
  console.log(JSON.stringify({ name, form: form.long ? "long" : "short", ...figures, seconds }));
  for (const [figure, goal] of Object.entries(goals) as [string, Goal][]) {
    const value = figures[figure];
    if (typeof value === "number" && goal.holds(value)) continue;
    if (goal.timed && !form.long) continue;
    console.error(`${name}: ${figure} is ${value}, the goal is ${goal.text}`);
    process.exitCode = 1;
  }
}
