# Sourced by tools/cluster: a certificate authority of the cluster's own and what it signs.
# shellcheck shell=bash

new_key=(-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650)

# sign NAME SUBJECT EXTENSION...: NAME.crt and NAME.key in the current folder.
sign() {
  local name=$1 subject=$2 extension extensions=()
  shift 2
  for extension in "$@"; do extensions+=(-addext "$extension"); done
  openssl req -x509 -CA ca.crt -CAkey ca.key "${new_key[@]}" -subj "$subject" \
    -addext basicConstraints=critical,CA:FALSE -addext keyUsage=critical,digitalSignature "${extensions[@]}" \
    -keyout "$name.key" -out "$name.crt"
}

# make_pki FOLDER: complete or absent, never in part.
make_pki() (
  local folder=$1 service=kubernetes.default
  rm -rf "$folder.new"
  umask 077
  mkdir -p "$folder.new"
  cd "$folder.new"
  exec 2>openssl.log
  openssl req -x509 "${new_key[@]}" -subj /CN=pingcheck-dev-ca -keyout ca.key -out ca.crt \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign
  sign apiserver /CN=kube-apiserver extendedKeyUsage=serverAuth \
    "subjectAltName=IP:127.0.0.1,IP:10.0.0.1,DNS:localhost,DNS:kubernetes,DNS:$service,DNS:$service.svc,DNS:$service.svc.cluster.local"
  sign controller-manager /CN=system:kube-controller-manager extendedKeyUsage=clientAuth
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:prime256v1 -out service-account.key
  openssl pkey -in service-account.key -pubout -out service-account.pub
  # RSA: the operator's Java client needs one more library for elliptic curves.
  new_key=(-newkey rsa:2048 -nodes -days 3650)
  sign admin /O=system:masters/CN=admin extendedKeyUsage=clientAuth
  cd ..
  mv "$folder.new" "$folder"
)

# write_kubeconfig FILE SERVER CA USER-FIELD...: whole in one step, readable by its owner alone.
write_kubeconfig() {
  local file=$1 server=$2 ca=$3
  shift 3
  mkdir -p "$(dirname "$file")"
  (
    umask 077
    cat >"$file.new" <<EOF
apiVersion: v1
kind: Config
clusters:
- name: pingcheck-dev
  cluster:
    server: $server
    certificate-authority-data: $(base64 -w0 "$ca")
users:
- name: user
  user:
$(printf '    %s\n' "$@")
contexts:
- name: pingcheck-dev
  context: {cluster: pingcheck-dev, user: user}
current-context: pingcheck-dev
EOF
  )
  mv -f "$file.new" "$file"
}
