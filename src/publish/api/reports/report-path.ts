/** Address of the page on which a reader reports an error in an aid. */
export const reportPagePath = "/recherche/signaler/";
