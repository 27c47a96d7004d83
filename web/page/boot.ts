// Runs before the first paint, so that a chosen theme does not flash.
import { applyTheme, preferredTheme } from "../preferences.ts";

applyTheme(preferredTheme());

// A style sheet that a script adds holds up neither the first paint nor the scripts after it; one in the page would.
const fonts = document.createElement("link");
fonts.rel = "stylesheet";
fonts.href = "/assets/fonts.css";
document.head.append(fonts);
