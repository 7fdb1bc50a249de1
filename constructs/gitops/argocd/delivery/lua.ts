/** A health check in Lua for the objects of a group. */
export interface HealthCheck {
  readonly group: string;
  /** `*`: every kind of the group. */
  readonly kind: string;
  readonly lua: string;
}

/** An Application is as healthy as what it applies, once it has applied what the repository holds. */
export const ofApplications = `local health = {status = "Progressing", message = "not synced yet"}
local status = obj.status or {}
if status.sync ~= nil and status.sync.status == "Synced" and status.health ~= nil then
  health.status = status.health.status or "Progressing"
  health.message = status.health.message or ""
end
local operation = status.operationState or {}
if operation.phase == "Failed" or operation.phase == "Error" then
  health.status = "Degraded"
  health.message = operation.message or "the last sync failed"
end
return health
`;

// KubeFed states in a condition whether an object is in all its clusters, and for each cluster why it is not (v0.10.0
// pkg/controller/sync/status/status.go). The states listed here do not pass by themselves.
const ofFederatedObjects = `local final = {
  AlreadyExists = true,
  ApplyOverridesFailed = true,
  ComputeResourceFailed = true,
  ManagedLabelFalse = true,
}
local health = {status = "Progressing", message = "KubeFed has not propagated it yet"}
local status = obj.status or {}
if status.observedGeneration ~= nil and status.observedGeneration ~= obj.metadata.generation then
  return health
end
for _, condition in ipairs(status.conditions or {}) do
  if condition.type == "Propagation" then
    if condition.status == "True" then
      return {status = "Healthy", message = "in all its clusters"}
    end
    health.message = condition.reason or health.message
    if condition.reason == "ComputePlacementFailed" then
      health.status = "Degraded"
    end
  end
end
for _, cluster in ipairs(status.clusters or {}) do
  if cluster.status ~= nil and cluster.status ~= "" then
    health.message = health.message .. ", " .. cluster.name .. ": " .. cluster.status
    if final[cluster.status] then
      health.status = "Degraded"
    end
  end
end
return health
`;

// Its operator sets the condition Ready, and a reason if it is false (sail-operator 328df99 api/v1/istio_types.go).
const ofSailIstio = `local health = {status = "Progressing", message = "the operator has not installed it yet"}
local status = obj.status or {}
if status.observedGeneration ~= nil and status.observedGeneration ~= obj.metadata.generation then
  return health
end
for _, condition in ipairs(status.conditions or {}) do
  if condition.type == "Reconciled" and condition.status == "False" then
    return {status = "Degraded", message = condition.message or condition.reason or "not reconciled"}
  end
  if condition.type == "Ready" then
    health.message = condition.message or condition.reason or ""
    if condition.status == "True" then
      health.status = "Healthy"
    end
  end
end
return health
`;

/** The checks for objects of engines and operators. Of Karmada's bindings Argo CD knows it itself. */
export const checksOfEngines: readonly HealthCheck[] = [
  { group: 'sailoperator.io', kind: 'Istio', lua: ofSailIstio },
  { group: 'types.kubefed.io', kind: '*', lua: ofFederatedObjects },
];
