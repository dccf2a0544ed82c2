{{- define "pingcheck.labels" -}}
app.kubernetes.io/name: pingcheck
app.kubernetes.io/part-of: pingcheck
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "pingcheck.operator.selector" -}}
app.kubernetes.io/name: pingcheck
app.kubernetes.io/component: operator
{{- end }}

{{- define "pingcheck.node.selector" -}}
app.kubernetes.io/name: pingcheck
app.kubernetes.io/component: probe
pingcheck.dev/probe: node
{{- end }}

{{- define "pingcheck.central.selector" -}}
app.kubernetes.io/name: pingcheck
app.kubernetes.io/component: probe
pingcheck.dev/probe: central
{{- end }}

{{- /* Whether probes of other pods dial the operator: any text is yes. */ -}}
{{- define "pingcheck.link" -}}
{{- if or .Values.fleet.enabled .Values.centralProbes.enabled }}yes{{ end }}
{{- end }}

{{- define "pingcheck.image" -}}
{{- with .Values.image -}}
{{- if .digest }}{{ .repository }}@{{ .digest }}{{ else }}{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}{{ end }}
{{- end }}
{{- end }}

{{- /* The metadata of each pod: its selector's labels come as .selector. */ -}}
{{- define "pingcheck.pod.metadata" -}}
labels:
  {{- include .selector .root | nindent 2 }}
  app.kubernetes.io/part-of: pingcheck
  {{- with .root.Values.podLabels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}

{{- /* What each pod has. */ -}}
{{- define "pingcheck.pod.common" -}}
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  seccompProfile:
    type: RuntimeDefault
  {{- if eq .Values.mode "restricted" }}
  runAsNonRoot: true
  # A safe sysctl, for this pod alone: no group but 65532 may open a ping socket in it.
  sysctls:
    - name: net.ipv4.ping_group_range
      value: "65532 65532"
  {{- end }}
{{- end }}

{{- define "pingcheck.placement" -}}
{{- with .nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- /* Evenly over nodes or zones: .key, .selector, .root. */ -}}
{{- define "pingcheck.spread" -}}
- maxSkew: 1
  topologyKey: {{ .key }}
  whenUnsatisfiable: ScheduleAnyway
  labelSelector:
    matchLabels:
      {{- include .selector .root | nindent 6 }}
{{- end }}

{{- /* Empty: the operator's own default, the loopback interface. */ -}}
{{- define "pingcheck.page.address" -}}
{{- if not .Values.page.enabled }}none{{ else if .Values.page.open }}0.0.0.0:8081{{ end }}
{{- end }}

{{- define "pingcheck.container.start" -}}
image: {{ include "pingcheck.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
{{- end }}

{{- define "pingcheck.unprivileged" -}}
runAsGroup: 65532
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
{{- end }}

{{- /* The life, the rights and the bounds of each probe's container. */ -}}
{{- define "pingcheck.probe.rights" -}}
ports:
  - name: live
    containerPort: 8082
livenessProbe:
  httpGet:
    path: /
    port: live
  initialDelaySeconds: 10
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 3
securityContext:
  {{- include "pingcheck.unprivileged" . | nindent 2 }}
  {{- if eq .Values.mode "restricted" }}
  runAsNonRoot: true
  runAsUser: 65533
  capabilities:
    drop: [ALL]
  {{- else }}
  # Root, because the kernel gives an added capability to no other user (Kubernetes sets no ambient
  # ones); with all but NET_RAW dropped, root may do nothing else that is special.
  runAsNonRoot: false
  runAsUser: 0
  capabilities:
    add: [NET_RAW]
    drop: [ALL]
  {{- end }}
resources:
  {{- toYaml .Values.probe.resources | nindent 2 }}
{{- end }}

{{- define "pingcheck.probe.env" -}}
- name: PINGCHECK_LIVENESS_PORT
  value: "8082"
- name: PINGCHECK_ICMP
  value: {{ ternary "ping" "raw" (eq .Values.mode "restricted") }}
{{- with .Values.probe.packetsPerSecond }}
- name: PINGCHECK_PACKETS_PER_SECOND
  value: {{ int64 . | quote }}
{{- end }}
{{- with .Values.probe.packetsPerSecondPerAddress }}
- name: PINGCHECK_PACKETS_PER_SECOND_PER_ADDRESS
  value: {{ int64 . | quote }}
{{- end }}
{{- with .Values.probe.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- /* The pod of a probe that dials the operator: .root, .central. */ -}}
{{- define "pingcheck.dialling.pod" -}}
serviceAccountName: pingcheck-probe{{ if .central }}-central{{ end }}
{{- include "pingcheck.pod.common" .root | nindent 0 }}
terminationGracePeriodSeconds: 30
containers:
  - name: probe
    {{- include "pingcheck.container.start" .root | nindent 4 }}
    args: [probe]
    env:
      - name: PINGCHECK_OPERATOR
        value: pingcheck:9443
      # A token of another node is refused.
      - name: PINGCHECK_NODE
        valueFrom:
          fieldRef:
            fieldPath: spec.nodeName
      {{- if .central }}
      - name: PINGCHECK_CENTRAL
        value: "true"
      {{- end }}
      {{- include "pingcheck.probe.env" .root | nindent 6 }}
    {{- include "pingcheck.probe.rights" .root | nindent 4 }}
    volumeMounts:
      - name: tmp
        mountPath: /tmp
      - name: trust
        mountPath: /var/run/secrets/pingcheck
        readOnly: true
volumes:
  - name: tmp
    emptyDir:
      sizeLimit: 64Mi
  # What proves the operator to the probe, and the probe to the operator. The ConfigMap is the operator's,
  # who makes it at its first start; until then the kubelet waits.
  - name: trust
    projected:
      sources:
        - serviceAccountToken:
            path: token
            audience: pingcheck
            expirationSeconds: 3600
        - configMap:
            name: pingcheck-link-ca
{{- end }}
