import type { Route } from "../../route.ts";
import { letterActs } from "./letter-acts.ts";
import { letterPages } from "./letter-page.tsx";
import { lettersPage } from "./letters-page.tsx";
import { publicLetters } from "./public-letter.tsx";

/** Letters to publishers. */
export const letterRoutes: readonly Route[] = [lettersPage, ...letterPages, ...letterActs, ...publicLetters];
