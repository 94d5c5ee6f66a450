import { preact } from "@preact/preset-vite";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [preact()],
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    target: "es2022",
    // A content security policy without data: for scripts and styles wants every asset as a file.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
