import { offer } from "../../../platform/limited-thread.ts";
import { checkFile } from "./check-file.ts";

/** Entry point of the thread that checks files. Reports only the name of an error, because its message may quote the file. */
export const functions = offer({ check: checkFile }, (error) => (error instanceof Error ? error.name : typeof error));
