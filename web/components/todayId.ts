/** Where on the page today is, for links to it. */
export const TODAY_ID = "today";
