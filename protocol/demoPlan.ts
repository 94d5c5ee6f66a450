/** This week's plan of the household that shows visitors what a week is like; `null` where there is none. */
export interface DemoPlan {
  /** `share` is the token of a share link: it reads this plan and nothing else. */
  readonly plan: { readonly _id: string; readonly share: string } | null;
}
