const DATE =
  /^(\d{4})(?:\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]\s*[\d:.]+(?:Z|[+-][\d:]+)?)?|\s*月)?|\s*年)?$/u;

/** The ISO form of a date as people write it (`2021年6月30日`, `2021/6/30`, `2021-06`, `2021年`), or nothing where it is none. */
export function parseDate(written: string): string | undefined {
  const [, year, month, day] = DATE.exec(written.trim()) ?? [];
  if (!year || Number(year) < 1800 || Number(year) > 2200) return undefined;
  const iso = [year, month, day]
    .filter((part) => part !== undefined)
    .map((part) => part.padStart(2, "0"))
    .join("-");
  return isCalendarDay(iso) ? iso : undefined;
}

function isCalendarDay(iso: string): boolean {
  const time = Date.parse(iso);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(iso);
}
