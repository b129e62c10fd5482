import { rereadFeed } from "../partners/correspondence/read-anomalies.ts";
import { offer } from "../platform/limited-thread.ts";
import { analyseSample } from "../survey/sample/analyse-sample.ts";
import { editSample } from "../survey/sample/edit-sample.ts";
import { lookAtSample } from "../survey/sample/look-at-sample.ts";

/** Entry point of the thread that reads files. One thread does it all, because each keeps a copy of the territories in memory. */
export const functions = offer({ analyse: analyseSample, edit: editSample, look: lookAtSample, reread: rereadFeed });
