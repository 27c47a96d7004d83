import { BarChart, CustomChart } from "echarts/charts";
import { GridComponent, LegendComponent } from "echarts/components";
import { type EChartsCoreOption, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { CustomSeriesRenderItem } from "echarts/types/dist/shared";
import type { Language } from "../../errors.ts";
import type { MeasureName } from "../measures.ts";
import type { EvaluationReport, Figures } from "./evaluation-report.ts";
import { labelOf, rowsOf } from "./format-report.ts";
import { Html } from "./html.ts";

use([BarChart, CustomChart, GridComponent, LegendComponent, SVGRenderer]);

/** Bars of these measures for every kind, with their intervals. */
export function measureChart(
  report: EvaluationReport,
  measures: readonly MeasureName[],
  language: Language,
): Html {
  const rows = rowsOf(report, language);
  const series = measures.flatMap((measure, i) => [
    {
      type: "bar",
      name: labelOf(measure, language),
      color: COLOURS[i % COLOURS.length],
      data: rows.map(([, figures]) => percentOf(figures.measures[measure]?.value)),
    },
    {
      type: "custom",
      silent: true,
      z: 3,
      renderItem: whisker(i, measures.length),
      data: rows.flatMap(([, figures], row) => intervalOf(row, figures, measure)),
    },
  ]);
  return draw({
    ...FRAME,
    legend: { top: 0, data: measures.map((measure) => labelOf(measure, language)) },
    xAxis: { type: "category", data: rows.map(([kind]) => kind), axisLabel: { interval: 0 } },
    yAxis: { type: "value", min: 0, max: 100, axisLabel: { formatter: "{value} %" } },
    series,
  });
}

/** How long answers take: half of them, and 95 in 100, are ready by then. */
export function latencyChart(report: EvaluationReport, language: Language): Html {
  const rows = rowsOf(report, language);
  const bars = (["p50", "p95"] as const).map((name) => ({
    type: "bar",
    name,
    data: rows.map(([, { milliseconds }]) => milliseconds.answer[name]),
  }));
  return draw({
    ...FRAME,
    legend: { top: 0 },
    xAxis: { type: "category", data: rows.map(([kind]) => kind), axisLabel: { interval: 0 } },
    yAxis: { type: "value", axisLabel: { formatter: "{value} ms" } },
    series: bars,
  });
}

/** How many quotes have how many characters. */
export function lengthChart({ results }: EvaluationReport): Html {
  const lengths = results.flatMap(({ citations }) => citations.map(({ quote }) => [...quote].length));
  const bins = Math.max(1, Math.ceil((Math.max(0, ...lengths) + 1) / BIN));
  const counts = Array.from({ length: bins }, () => 0);
  for (const length of lengths) counts[Math.floor(length / BIN)]! += 1;
  return draw({
    ...FRAME,
    xAxis: { type: "category", data: counts.map((_, i) => `${i * BIN}–${(i + 1) * BIN - 1}`) },
    yAxis: { type: "value", minInterval: 1 },
    series: [{ type: "bar", data: counts, barCategoryGap: "10%" }],
  });
}

/** In characters. */
const BIN = 20;

const COLOURS = ["#1f5f8b", "#d1793b", "#5a8f5a"];

const FRAME: EChartsCoreOption = {
  animation: false,
  color: COLOURS,
  textStyle: { fontFamily: "system-ui, sans-serif" },
  grid: { left: 8, right: 8, top: 36, bottom: 8, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
};

function draw(option: EChartsCoreOption): Html {
  const chart = init(null, null, { renderer: "svg", ssr: true, width: 720, height: 300 });
  try {
    chart.setOption(option);
    return new Html(chart.renderToSVGString());
  } finally {
    chart.dispose();
  }
}

function percentOf(share: number | undefined): number | null {
  return share === undefined ? null : Math.round(share * 1000) / 10;
}

function intervalOf(row: number, { measures }: Figures, measure: MeasureName): number[][] {
  const figure = measures[measure];
  return figure ? [[row, figure.low * 100, figure.high * 100]] : [];
}

/** Draws an interval over the bar of the `i`th of `count` series; a category's bars share the room that is left by its gap. */
function whisker(i: number, count: number): CustomSeriesRenderItem {
  return (_params, api) => {
    const size = api.size?.([1, 0]) ?? 0;
    const band = Array.isArray(size) ? (size[0] ?? 0) : size;
    const row = api.value(0);
    const [middle = 0, bottom = 0] = api.coord([row, api.value(1)]);
    const [, top = 0] = api.coord([row, api.value(2)]);
    const x = middle + (band * 0.8 * (i + 0.5 - count / 2)) / count;
    const shape = { x1: x, x2: x, y1: bottom, y2: top };
    return { type: "line", shape, style: { stroke: "#222", lineWidth: 1.5 } };
  };
}
