import type { Page } from "playwright-core";
import type { Phase } from "../../../web/conversation/turn.ts";

/**
 * Asks on the page or in its widget, and waits until this question's turn, not an earlier one's, has come
 * to `phase`.
 */
export async function askUntil(page: Page, question: string, phase: Phase = "answered"): Promise<void> {
  const turns = page.locator(".turn");
  const earlier = await turns.count();
  const field = page.getByRole("textbox").last();
  await field.fill(question);
  await field.press("Enter");
  await turns.nth(earlier).and(inPhase(page, phase)).waitFor();
}

/** Waits until the question asked last has its whole answer. */
export function answered(page: Page): Promise<void> {
  return page.locator(".turn").last().and(inPhase(page, "answered")).waitFor();
}

const inPhase = (page: Page, phase: Phase) => page.locator(`[data-phase="${phase}"]`);
