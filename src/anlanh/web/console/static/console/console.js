// What the console adds where scripts run. Every page works without it.

import { showAsked } from "./call.js";
import { keepDrafts } from "./drafts.js";
import { suggestFacts } from "./facts.js";
import { prepareFilters } from "./filter.js";
import { stickJumps } from "./jump.js";
import { listenForKeys } from "./keys.js";
import { preparePalette } from "./palette.js";
import { watchMedia } from "./media.js";
import { fillInPresets } from "./presets.js";
import { prepareRedaction } from "./redaction.js";
import { prepareTerms } from "./terms.js";
import { countDown } from "./undo.js";

listenForKeys(document, { singleKeys: document.body.dataset.singleKeys !== "off" });
preparePalette(document);
prepareFilters(document);
keepDrafts(document, window.sessionStorage);
showAsked(document);
suggestFacts(document);
prepareTerms(document);
fillInPresets(document);
prepareRedaction(document);
countDown(document);
stickJumps(document);
watchMedia(document);
