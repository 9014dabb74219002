/** Figures of a probe as texts of few digits. Apart, so that every table rounds alike and none of them makes nothing out of little. */

/** At most two decimals, and none that say nothing: `81.2`. What is not 0 never reads as 0: `0.001`. */
export function twoDecimals(value: number): string {
  return String(Number(value.toFixed(2)) || Number(value.toPrecision(2)));
}

/** What somebody chose, as it was chosen: `0.001`, `75.004`. A share times 100 loses the digits that only a computer adds. */
export function allDecimals(value: number): string {
  return String(Number(value.toPrecision(12)));
}

/** Milliseconds in a column: `11.7`; `-` where none were measured, which figures say as 0. What is not 0 never reads as 0. */
export function timeCell(ms: number): string {
  if (ms === 0) return "-";
  return Number(ms.toFixed(1)) === 0 ? twoDecimals(ms) : ms.toFixed(1);
}
