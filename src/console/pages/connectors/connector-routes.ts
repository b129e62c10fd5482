import type { Route } from "../../route.ts";
import { connectorList } from "./connector-list.tsx";
import { connectorPage } from "./connector-page.tsx";
import { fileAct } from "./file-upload.tsx";
import { pauseActs, runActs } from "./run-acts.ts";

/** Connectors: the list, each, and what is done with their runs and files. */
export const connectorRoutes: readonly Route[] = [...connectorList, connectorPage, ...runActs, fileAct, ...pauseActs];
