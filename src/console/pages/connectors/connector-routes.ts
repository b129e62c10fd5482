import type { Route } from "../../route.ts";
import { connectorList } from "./connector-list.tsx";
import { connectorPage } from "./connector-page.tsx";
import { fileAct } from "./file-upload.tsx";
import { nightsPage } from "./nights-page.tsx";
import { pauseActs, runActs } from "./start-and-pause.tsx";

/** Routes of connectors, their runs and files. */
export const connectorRoutes: readonly Route[] = [...connectorList, connectorPage, nightsPage, ...runActs, fileAct, ...pauseActs];
