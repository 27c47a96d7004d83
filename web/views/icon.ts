import { type ElementView, h } from "../dom/view.ts";

/** Strokes on a 20 × 20 field. */
const PATHS = {
  send: "M10 16V4M5 9l5-5 5 5",
  stop: "M6 6h8v8H6z",
  copy: "M7 7V4h9v9h-3M4 7h9v9H4z",
  check: "M4 10.5l4 4 8-9",
  up: "M7 9l3-6c1.4 0 2 .8 2 2v3h4.2l-1.2 8H7zM7 9H4v7h3",
  down: "M13 11l-3 6c-1.4 0-2-.8-2-2v-3H3.800l1.200-8H13zM13 11h3V4h-3",
  retry: "M15.500 9A6 6 0 1 0 15 13M15.500 4v5h-5",
  close: "M5 5l10 10M15 5L5 15",
  back: "M12 4l-6 6 6 6",
  previous: "M5 12.500l5-5 5 5",
  next: "M5 7.500l5 5 5-5",
  plus: "M10 4v12M4 10h12",
  out: "M8 4H4v12h12v-4M11 4h5v5M16 4l-7 7",
  sliders: "M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4",
  chat: "M4 4h12v9H9l-4 3.500V13H4zM7.500 8.500h5",
  search: "M9 14A5 5 0 1 0 9 4a5 5 0 0 0 0 10zM12.700 12.700L16.500 16.500",
  list: "M4 5h12M4 10h12M4 15h8",
  print: "M6 7V3h8v4M6 14H3V7h14v7h-3M6 12h8v5H6z",
} as const;

/** A drawing beside words, or in a button that has a label: never read out. */
export function icon(name: keyof typeof PATHS): ElementView {
  return h(
    "svg",
    { class: "icon", viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": "true", focusable: "false" },
    h("path", { d: PATHS[name] }),
  );
}
