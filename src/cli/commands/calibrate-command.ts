import type { Calibration } from "../../answer/calibration/calibrate.ts";
import { readConfig } from "../../config.ts";
import type { CliContext, JsonFlags } from "../cli-context.ts";
import { openWithProgress } from "../open-with-progress.ts";
import type { Texts } from "../terminal.ts";

/** `wenju calibrate`: finds anew where this corpus says no, keeps it with the index, and says what to expect. */
export async function runCalibrate({ json, ...flags }: JsonFlags, context: CliContext): Promise<number> {
  const config = readConfig(flags, context.environment);
  const opened = await openWithProgress(config, context, { recalibrate: true });
  try {
    if (json) context.terminal.print(JSON.stringify(opened.calibration));
    else
      for (const line of describeCalibration(opened.calibration))
        context.terminal.print(context.terminal.language === "zh" ? line.zh : line.en);
    return 0;
  } finally {
    await opened.close();
  }
}

function describeCalibration({ threshold, outside, inside }: Calibration): Texts[] {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  return [
    {
      zh: `与这些文章无关的 ${outside.questions} 个问题，拒答 ${percent(outside.refused)}。`,
      en: `Of ${outside.questions} questions about other things, ${percent(outside.refused)} are refused.`,
    },
    {
      zh: `由这些文章编出的 ${inside.questions} 个问题，误拒 ${percent(inside.refused)}。`,
      en: `Of ${inside.questions} questions made from these articles, ${percent(inside.refused)} are refused.`,
    },
    {
      zh: `低于此值不作答：对数几率 ${threshold.toFixed(2)}。`,
      en: `Nothing is answered below log odds of ${threshold.toFixed(2)}.`,
    },
  ];
}
