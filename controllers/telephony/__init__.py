from . import event, recording
