// Runs before the first paint, so that a chosen theme does not flash.
import { applyTheme, preferredTheme } from "../preferences.ts";

applyTheme(preferredTheme());
