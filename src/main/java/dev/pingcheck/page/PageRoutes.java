package dev.pingcheck.page;

import io.vertx.ext.web.Router;

/** Something that the page's server answers. */
public interface PageRoutes {

  /** Adds the routes, whose paths are below the page's own prefix. */
  void addTo(Router router);
}
