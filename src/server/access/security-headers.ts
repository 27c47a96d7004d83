import type { RequestHandler } from "express";
import helmet from "helmet";

/** Pages run our own scripts only, talk to this server only, and cannot be framed. */
export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", "data:"],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: ["'none'"],
      },
    },
    strictTransportSecurity: false, // for whoever ends TLS in front of this server to decide
    xFrameOptions: { action: "deny" },
  });
}

/** Lets pages of other origins load the widget and what it needs: our program, the same for everyone, no article in it. */
export const allowEmbedding: RequestHandler = (_request, response, next) => {
  response.set({ "cross-origin-resource-policy": "cross-origin", "access-control-allow-origin": "*" });
  next();
};
