module e2e/helloworld

go 1.26.0
