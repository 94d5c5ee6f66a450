/** Upper bounds of the delay histogram, in seconds; what is slower falls into "+Inf". */
export const DELAY_BOUNDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300] as const;
