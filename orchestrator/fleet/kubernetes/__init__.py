"""Run agents as the pods of work-queue Jobs in a Kubernetes cluster of the user's."""
