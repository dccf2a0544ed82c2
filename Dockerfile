# syntax=docker/dockerfile:1
# One image for operator, probe and ping: what `./dev build` made, a Java runtime of the modules that it needs, an AOT
# cache for each of the two processes, the C library and libpcap. No shell, no package manager. Nothing is fetched here
# but Debian's libpcap, where the base image lacks it and there is a way to it.
#
#   ./dev build && docker build -t pingcheck .      docs/images.md tells the rest

FROM eclipse-temurin:25-jdk AS build
COPY target/quarkus-app /build/quarkus-app
COPY target/probe /build/probe
COPY src/main/jvm /build/jvm
COPY tools/image /build/image
# The paths are those of the image: a cache holds for the class path that it was made with.
RUN /build/image/assemble /build /opt/pingcheck
RUN /build/image/rehearse /opt/pingcheck

FROM debian:bookworm-slim AS system
COPY tools/image/system /build/system
RUN /build/system /root-of-image

FROM scratch
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="PingCheck" \
      org.opencontainers.image.description="Pings hosts exactly and tells the truth about them: operator, probe and ping" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.vendor="The PingCheck authors" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=system /root-of-image /
COPY LICENSE /usr/share/doc/pingcheck/LICENSE
COPY --from=build /opt/pingcheck /opt/pingcheck
ENV PATH=/opt/pingcheck/bin
# The operator's user. The probe's is 0 where it has NET_RAW, and any other where it has ping sockets.
USER 65532:65532
WORKDIR /
# operator, probe or ping, then its options: `args: [probe]` in a pod, `docker run pingcheck ping HOST`.
CMD ["operator"]
