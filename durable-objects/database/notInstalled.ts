// Stands in the bundle for optional parts of the driver that would double it: signing in by AWS or GCP, SOCKS proxies.
export const isInstalled = false;
