import chromium from "@sparticuz/chromium";

/** Before any test file: two that unpack the browser at once start it while the other is still writing. */
export default async function unpackChromium(): Promise<void> {
  await chromium.executablePath();
}
