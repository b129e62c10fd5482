import type { Route } from "../../route.ts";
import { previewActs } from "./preview-acts.ts";
import { publicPreview } from "./public-preview.tsx";

/** Previews that are shared with publishers. */
export const previewRoutes: readonly Route[] = [...previewActs, publicPreview];
