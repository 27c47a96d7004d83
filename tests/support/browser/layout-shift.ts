import type { Page } from "playwright-core";

type Shift = PerformanceEntry & { readonly value: number };

/** Sums all that moves on the page from now on, also just after a key was pressed. */
export async function watchLayoutShift(page: Page): Promise<void> {
  await page.evaluate(() => {
    const state = { shift: 0 };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as Shift[]) state.shift += entry.value;
    }).observe({ type: "layout-shift" });
    Object.assign(window, { state });
  });
}

/** The sum so far, the frame that is being drawn included. */
export function layoutShift(page: Page): Promise<number> {
  return page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    return (window as unknown as { state: { shift: number } }).state.shift;
  });
}
