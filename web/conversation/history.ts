import type { ChatTurn } from "../client/wenju-client.ts";
import type { Turn } from "./turn.ts";

/** Bytes; a request's body may have 16 KB, and the question needs its part. */
const MOST_BYTES = 12_000;
const MOST_TURNS = 6;
const MOST_CHARACTERS = 800;

/** What was said before the turn `id`, oldest first: as many of the latest answered turns as a request may carry. */
export function historyBefore(turns: readonly Turn[], id: string, question: string): ChatTurn[] {
  const place = turns.findIndex((turn) => turn.id === id);
  const earlier = turns
    .slice(0, place)
    .filter((turn) => turn.phase === "answered")
    .slice(-MOST_TURNS);
  const history: ChatTurn[] = [];
  let bytes = bytesOf(question);
  for (const turn of earlier.reverse()) {
    const said = [
      { role: "user", content: turn.question },
      { role: "assistant", content: cut(turn.text) },
    ] as const;
    bytes += bytesOf(JSON.stringify(said));
    if (bytes > MOST_BYTES) break;
    history.unshift(...said);
  }
  return history;
}

/** By code points: half a surrogate pair would make the request malformed. */
function cut(text: string): string {
  return text.length <= MOST_CHARACTERS ? text : [...text].slice(0, MOST_CHARACTERS).join("");
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
