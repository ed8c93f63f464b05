status IS DISTINCT FROM 'former'
