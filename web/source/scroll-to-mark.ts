/** Brings the marked quote into sight: its beginning in the upper third of `frame`, or of the window. */
export function scrollToMark(root: ParentNode, frame?: Element | null): void {
  const mark = root.querySelector("mark");
  if (!mark) return;
  const top = mark.getBoundingClientRect().top;
  if (frame) frame.scrollTop += top - frame.getBoundingClientRect().top - frame.clientHeight * 0.28;
  else window.scrollBy({ top: top - window.innerHeight * 0.28, behavior: "instant" });
}
