/** The longest end of `before` that stands in `text`, at most `limit` long. */
export function longestTail(before: string, text: string, limit: number): number {
  const tail = before.trimEnd();
  for (let length = Math.min(limit, tail.length); length > 0; length--) {
    if (text.includes(tail.slice(-length))) return length;
  }
  return 0;
}

/** The longest beginning of `after` that stands in `text`, at most `limit` long. */
export function longestHead(after: string, text: string, limit: number): number {
  const head = after.trimStart();
  for (let length = Math.min(limit, head.length); length > 0; length--) {
    if (text.includes(head.slice(0, length))) return length;
  }
  return 0;
}

/** The length of the longest common substring. */
export function longestShared(a: string, b: string): number {
  let longest = 0;
  let previous = new Uint16Array(b.length + 1);
  let current = new Uint16Array(b.length + 1);
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) {
      const length = a[i] === b[j] ? previous[j]! + 1 : 0;
      current[j + 1] = length;
      if (length > longest) longest = length;
    }
    [previous, current] = [current, previous];
  }
  return longest;
}
